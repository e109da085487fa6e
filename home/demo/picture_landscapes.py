"""The demo's pictures of places: paths, a meadow, houses, a town, a bus."""

from random import Random

from home.demo.picture_canvas import (
    BLUE,
    BRICK,
    INK,
    MIST,
    MOSS,
    OCHRE,
    PAPER,
    SAGE,
    SAND,
    SKY,
    WHITE,
    WIDTH,
    Sheet,
    curve,
    hill,
    turn,
)


def wege(s: Sheet) -> None:
    s.circle((905, 175), 82, OCHRE)
    hill(s, -250, 640, 300, MIST)
    hill(s, 480, 1500, 250, SKY)
    hill(s, 120, 1080, 395, SAGE)
    hill(s, -500, 820, 470, MOSS)
    hill(s, 520, 1700, 500, BLUE)
    start = (560.0, 690.0)
    paths = [
        ((470, 560), (250, 600), (205, 420)),
        ((600, 540), (500, 480), (610, 352)),
        ((660, 560), (900, 600), (1010, 330)),
    ]
    for (first, second, end), colour in zip(paths, (OCHRE, WHITE, BRICK), strict=True):
        s.line(curve(start, first, second, end), PAPER, 26)
        s.line(curve(start, first, second, end), colour, 13)
        s.line([end, (end[0], end[1] - 92)], INK, 7)
        s.shape(
            [(end[0], end[1] - 94), (end[0] + 66, end[1] - 70), (end[0], end[1] - 46)],
            BRICK if colour == WHITE else colour,
        )


def wiese(s: Sheet) -> None:
    random = Random(11)  # noqa: S311  a drawing, not a secret
    hill(s, -400, 1600, 540, SAGE)
    hill(s, -200, 1900, 590, MOSS)
    for index in range(24):
        x = 55 + index * 47 + random.uniform(-10, 10)
        top = random.uniform(200, 420)
        chosen = index in (6, 13, 19)
        colour = {6: BRICK, 13: OCHRE, 19: BLUE}[index] if chosen else random.choice((MIST, SAND, SKY, SAGE))
        lean = random.uniform(-26, 26)
        stem = curve((x, 640), (x, 520), (x + lean, top + 120), (x + lean, top if not chosen else 210))
        s.line(stem, MOSS, 6 if chosen else 4, 1 if chosen else 0.6)
        tip = stem[-1]
        if chosen:
            for petal in range(6):
                s.circle(turn(tip, (0, -34), petal * 60), 25, colour)
            s.circle(tip, 22, PAPER)
            s.circle(tip, 84, INK, 1, 7)
        elif index % 2:
            s.circle(tip, random.uniform(16, 27), colour)
        else:
            s.shape([turn(tip, p, lean) for p in ((0, -46), (20, 0), (0, 18), (-20, 0))], colour)


def haeuser(s: Sheet) -> None:
    s.circle((980, 140), 70, WHITE)
    houses = [
        (70, 300, SKY),
        (250, 230, BRICK),
        (430, 330, SAGE),
        (610, 260, OCHRE),
        (790, 340, BLUE),
        (970, 290, INK),
    ]
    for x, top, colour in houses:
        s.box(x, top, 160, 400, colour)
        s.shape([(x - 14, top + 2), (x + 80, top - 84), (x + 174, top + 2)], colour)
        for row in range(3 if top < 300 else 2):
            for column in range(2):
                lit = colour != INK
                s.box(
                    x + 28 + column * 62,
                    top + 36 + row * 84,
                    40,
                    52,
                    PAPER if lit else BLUE,
                    3,
                    0.95 if lit else 0.5,
                )
    hill(s, -900, 2100, 560, MOSS)
    for left, right in ((150, 330), (330, 510), (510, 690), (690, 870)):
        s.line(curve((left, 590), (left, 660), (right, 660), (right, 590)), OCHRE, 8)
    for x in (150, 330, 510, 690, 870):
        s.circle((x, 588), 14, PAPER)
    for step in range(5):
        s.circle((905 + step * 30, 612 - abs(2 - step) * 4 + 14), 4.5, PAPER, 0.8)
    s.circle((1050, 588), 14, PAPER, 1, 4)


def landschaft(s: Sheet) -> None:
    s.circle((240, 170), 74, OCHRE)
    hill(s, -300, 700, 330, MIST)
    hill(s, 480, 1500, 290, SKY)
    hill(s, -100, 1400, 430, SAGE)
    s.box(140, 330, 150, 190, BLUE)
    s.shape([(126, 332), (215, 268), (304, 332)], INK)
    for column in range(3):
        s.box(160 + column * 42, 362, 26, 60, PAPER, 4)
    s.box(960, 230, 92, 300, BRICK)
    for row in range(4):
        s.box(984, 260 + row * 62, 44, 34, PAPER, 4)
    s.shape([(430, 372), (600, 276), (770, 372)], OCHRE)
    s.box(456, 380, 288, 160, SKY)
    s.box(446, 368, 308, 20, INK)
    for column in range(5):
        s.box(464 + column * 63, 388, 22, 150, PAPER)
    s.box(436, 532, 328, 24, INK)
    for x, y, size in ((360, 470, 52), (850, 460, 62), (905, 500, 40), (90, 500, 44), (1120, 470, 58)):
        s.box(x - 6, y, 12, 110, MOSS)
        s.circle((x, y), size, MOSS)
    hill(s, -700, 1900, 540, MOSS)
    s.line(curve((600, 556), (600, 610), (500, 620), (430, 690)), PAPER, 30)
    for x in (690, 740, 350):
        s.circle((x, 586), 13, PAPER)
        s.pie((x, 630), 26, 180, 360, PAPER)


def bus(s: Sheet) -> None:
    s.circle((190, 150), 66, OCHRE)
    hill(s, -300, 760, 300, MIST)
    hill(s, 420, 1600, 260, SAGE)
    for x, y in ((120, 330), (190, 350), (900, 296), (980, 282), (1060, 300)):
        s.box(x, y, 56, 90, PAPER)
        s.shape([(x - 8, y + 2), (x + 28, y - 36), (x + 64, y + 2)], BRICK)
    s.box(0, 520, WIDTH, 160, INK)
    for index in range(9):
        s.box(20 + index * 140, 594, 74, 10, SAND, 5)
    s.box(270, 236, 640, 296, BLUE, 44)
    s.box(270, 420, 640, 40, OCHRE)
    for index in range(4):
        s.box(308 + index * 120, 276, 100, 112, MIST, 14)
    s.box(796, 276, 84, 112, MIST, 14)
    for index, (colour, size) in enumerate(((BRICK, 22), (OCHRE, 20), (MOSS, 22), (BRICK, 19))):
        x = 358 + index * 120
        s.circle((x, 338), size, colour)
        s.pie((x, 388), 34, 180, 360, colour)
    for x in (410, 770):
        s.circle((x, 530), 62, INK)
        s.circle((x, 530), 30, SAND)

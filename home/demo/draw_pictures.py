"""Draw the demo's pictures: flat geometric compositions in one palette, WebP.

Run `python -m home.demo.draw_pictures [name …]` and look at the result; the pictures are committed, so nothing needs
this module at run time. Every drawing is deterministic.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
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
    Point,
    Sheet,
    bubble,
    curve,
    quote,
    turn,
)
from home.demo.picture_landscapes import bus, haeuser, landschaft, wege, wiese


def auftrag(s: Sheet) -> None:
    s.circle((600, 350), 300, SAND)
    for offset, degrees, colour in ((-46, -11, SKY), (34, 7, MIST), (0, -2, WHITE)):
        s.tilted((600 + offset + 9, 352), 330, 440, degrees, INK, 0.10)
        s.tilted((600 + offset, 342), 330, 440, degrees, colour)
    for index, length in enumerate((150, 230, 230, 190, 230, 120)):
        left = turn((600, 342), (-118, -150 + index * 42), -2)
        s.line(
            [left, turn(left, (length, 0), -2)],
            BRICK if index == 0 else INK,
            12 if index == 0 else 7,
            1 if index == 0 else 0.55,
        )
    seal = turn((600, 342), (92, 142), -2)
    s.shape([(seal[0] - 30, seal[1] + 20), (seal[0] - 44, seal[1] + 118), (seal[0] - 6, seal[1] + 92)], OCHRE)
    s.shape([(seal[0] + 30, seal[1] + 20), (seal[0] + 44, seal[1] + 118), (seal[0] + 6, seal[1] + 92)], OCHRE)
    s.circle(seal, 56, BRICK)
    s.circle(seal, 40, WHITE, 0.85, 5)


def knoten(s: Sheet) -> None:
    hub = (600.0, 340.0)
    nodes = [
        (190, 170, 62, SKY),
        (380, 520, 78, SAGE),
        (330, 300, 34, OCHRE),
        (640, 110, 46, MOSS),
        (890, 200, 88, MIST),
    ]
    nodes += [
        (1030, 430, 58, BRICK),
        (800, 545, 44, SKY),
        (150, 430, 40, BRICK),
        (1060, 130, 30, OCHRE),
        (620, 590, 30, BLUE),
    ]
    for x, y, _size, _colour in nodes:
        s.line([hub, (x, y)], BLUE, 5, 0.55)
    for a, b in ((0, 2), (2, 7), (1, 7), (3, 4), (4, 8), (4, 5), (5, 6), (6, 9), (1, 9)):
        s.line([nodes[a][:2], nodes[b][:2]], BLUE, 3, 0.3)
    for x, y, size, colour in nodes:
        s.circle((x, y), size, colour)
        s.circle((x, y), size * 0.36, PAPER, 0.75)
    s.circle(hub, 132, PAPER)
    s.circle(hub, 118, INK)
    s.circle(hub, 74, OCHRE)
    s.circle(hub, 34, PAPER)


def tisch(s: Sheet) -> None:
    centre = (600.0, 338.0)
    colours = (BRICK, SKY, MOSS, OCHRE, BLUE, SAGE, BRICK, SKY)
    for index in range(9):
        seat = turn(centre, (0, -272), index * 40 + 20)
        if index == 8:
            s.circle(seat, 50, BLUE, 0.7, 6)
        else:
            s.circle(seat, 52, colours[index])
    s.circle((606, 350), 206, INK, 0.12)
    s.circle(centre, 204, WHITE)
    s.circle(centre, 204, SAND, 1, 12)
    for index in range(9):
        spot = turn(centre, (0, -132), index * 40 + 20)
        s.tilted(spot, 44, 58, index * 40 + 20, MIST if index % 2 else SAND)
        s.line([turn(spot, (-12, -8), index * 40 + 20), turn(spot, (12, -8), index * 40 + 20)], BLUE, 4, 0.7)
    s.circle(centre, 52, OCHRE)
    s.circle(centre, 24, PAPER)


def sprechblasen(s: Sheet) -> None:
    s.circle((985, 150), 96, OCHRE)
    bubble(s, 110, 90, 480, 260, BLUE, 0.25)
    bubble(s, 660, 170, 400, 230, BRICK, 0.75, 0.94)
    bubble(s, 350, 300, 420, 220, SKY, 0.3, 0.9)
    quote(s, (255, 190), 62, PAPER)
    quote(s, (836, 300), 50, PAPER, closing=True)
    for index, x in enumerate((468, 560, 652)):
        s.circle((x, 410), 24, INK if index == 1 else PAPER)


def werkzeug(s: Sheet) -> None:
    random = Random(4)  # noqa: S311  a drawing, not a secret
    for row in range(4):
        for column in range(7):
            x, y = 103 + column * 144, 55 + row * 144
            if (row, column) == (1, 4):
                continue
            s.box(x, y, 130, 130, random.choice((MIST, SAND, SKY, MIST, SAGE)), 10)
    for side in range(4):
        for step in range(6):
            s.circle(turn((744, 264), (-62 + step * 21, -62), side * 90), 3.5, BLUE, 0.8)
    s.tilted((795, 222), 138, 138, 14, INK, 0.12)
    s.tilted((786, 212), 136, 136, 14, BRICK)
    s.circle((786, 212), 34, OCHRE)
    for x, y, colour in ((168, 264, BRICK), (456, 408, OCHRE), (1032, 552, BLUE)):
        s.circle((x, y), 30, colour)


def kalender(s: Sheet) -> None:
    s.box(188, 78, 844, 530, INK, 30, 0.10)
    s.box(180, 68, 844, 530, WHITE, 30)
    s.box(180, 68, 844, 96, BLUE, 30)
    s.box(180, 128, 844, 40, BLUE)
    for x in (330, 602, 874):
        s.box(x - 13, 36, 26, 84, OCHRE, 13)
    shades = (MIST, MIST, MIST, SKY, SKY, SAGE, SAGE, OCHRE)
    for index in range(18):
        row, column = divmod(index, 6)
        x, y = 232 + column * 126, 204 + row * 126
        s.box(x, y, 104, 104, shades[min(index // 2, 7)] if index < 17 else BRICK, 16)
    s.line([(889, 514), (906, 534), (944, 484)], PAPER, 14)
    s.line(curve((284, 256), (420, 200), (560, 470), (662, 382)), INK, 6, 0.65)
    s.line(curve((662, 382), (740, 320), (800, 400), (858, 458)), INK, 6, 0.65)
    for point in ((284, 256), (662, 382)):
        s.circle(point, 15, INK)


def kreise(s: Sheet) -> None:
    s.circle((450, 300), 228, SKY, 0.9)
    s.circle((750, 300), 228, OCHRE, 0.72)
    s.circle((600, 452), 190, BRICK, 0.62)
    marks: list[tuple[Point, str]] = [
        ((600, 356), PAPER),
        ((600, 200), INK),
        ((360, 250), PAPER),
        ((846, 250), PAPER),
    ]
    marks += [((600, 560), PAPER), ((150, 500), BLUE), ((1060, 150), MOSS), ((222, 300), BLUE)]
    for index, (point, colour) in enumerate(marks):
        if index % 3 == 0:
            s.circle(point, 25, colour)
        elif index % 3 == 1:
            s.tilted(point, 44, 44, 45, colour)
        else:
            s.shape([turn(point, corner, 0) for corner in ((0, -28), (27, 20), (-27, 20))], colour)


def wand(s: Sheet) -> None:
    random = Random(23)  # noqa: S311  a drawing, not a secret
    grounds, fronts = (MIST, SAND, PAPER, SKY, SAGE), (BLUE, BRICK, OCHRE, MOSS, INK)
    for row in range(5):
        for column in range(8):
            x, y = column * 150, row * 150 - 37
            ground = random.choice(grounds)
            front = random.choice(fronts)
            s.box(x, y, 151, 151, ground)
            kind = random.randrange(6)
            if kind == 0:
                s.circle((x + 75, y + 75), 46, front)
            elif kind == 1:
                corner = random.choice(((0, 0, 0), (150, 0, 90), (150, 150, 180), (0, 150, 270)))
                s.pie((x + corner[0], y + corner[1]), 150, corner[2], corner[2] + 90, front)
            elif kind == 2:
                s.shape([(x, y + 150), (x + 150, y), (x + 150, y + 150)], front)
            elif kind == 3:
                quote(s, (x + 48, y + 60), 40, front)
            elif kind == 4:
                s.pie((x + 75, y + 75), 58, 180, 360, front)
                s.pie((x + 75, y + 79), 58, 0, 180, random.choice(fronts))
            else:
                for dot in range(9):
                    s.circle((x + 37 + dot % 3 * 38, y + 37 + dot // 3 * 38), 9, front)


def bildschirme(s: Sheet) -> None:
    colours = (BRICK, BLUE, INK, MOSS, SKY, SAGE)
    for index in range(6):
        row, column = divmod(index, 3)
        x, y = 210 + column * 270, 62 + row * 196
        s.box(x + 6, y + 8, 240, 168, INK, 18, 0.12)
        s.box(x, y, 240, 168, WHITE, 18)
        s.box(x + 10, y + 10, 220, 148, (MIST, SAND)[index % 2], 12)
        s.circle((x + 120, y + 66), 32, colours[index])
        s.pie((x + 120, y + 158), 62, 180, 360, colours[index])
    bubble(s, 985, 34, 150, 88, OCHRE, 0.22)
    for dot in (1023, 1060, 1097):
        s.circle((dot, 78), 9, INK)
    for index, x in enumerate(range(60, 1200, 154)):
        s.circle((x, 548), 40, INK if index % 3 else BLUE)
        s.pie((x, 700), 104, 180, 360, INK if index % 3 else BLUE)


def papiere(s: Sheet) -> None:
    random = Random(5)  # noqa: S311  a drawing, not a secret
    x = 120.0
    palette = (BLUE, SKY, OCHRE, SAGE, BRICK, MIST, MOSS, INK, SAND)
    for index in range(17):
        width, height = random.choice((40, 52, 64)), random.uniform(250, 390)
        colour = palette[index % len(palette)]
        top = 540 - height - (70 if index == 8 else 0)
        s.box(x, top, width, height, colour, 5)
        band = PAPER if colour not in (MIST, SAND) else BLUE
        s.box(x + 9, top + 34, width - 18, 9, band, 4, 0.85)
        s.box(x + 9, top + 54, width - 18, 9, band, 4, 0.85)
        if index == 8:
            s.shape(
                [(x + 14, top), (x + 38, top), (x + 38, top - 70), (x + 26, top - 54), (x + 14, top - 70)],
                BRICK,
            )
        x += width + 5
    s.box(70, 540, 1060, 22, INK, 6)
    s.box(70, 562, 1060, 113, SAND)


def bausteine(s: Sheet) -> None:
    s.box(0, 560, WIDTH, 115, SAND)
    s.box(210, 410, 150, 150, BLUE, 8)
    s.box(370, 410, 300, 150, OCHRE, 8)
    s.pie((520, 562), 86, 180, 360, PAPER)
    s.box(680, 410, 150, 150, SAGE, 8)
    s.circle((755, 485), 42, PAPER)
    s.box(840, 485, 150, 75, BRICK, 8)
    s.box(290, 330, 150, 75, BRICK, 8)
    s.box(450, 255, 140, 150, SKY, 8)
    s.box(600, 330, 150, 75, MOSS, 8)
    s.shape([(280, 325), (365, 220), (450, 325)], OCHRE)
    s.shape([(440, 250), (520, 130), (600, 250)], BRICK)
    s.pie((675, 325), 75, 180, 360, BLUE)
    s.tilted((905, 300), 118, 118, 18, INK, 0.12)
    s.tilted((898, 290), 116, 116, 18, OCHRE)
    quote(s, (880, 268), 30, PAPER)
    s.circle((1070, 512), 48, SKY)
    s.shape([(60, 560), (118, 470), (176, 560)], SAGE)


DRAWINGS: dict[str, tuple[str, Callable[[Sheet], None]]] = {
    "auftrag": (PAPER, auftrag),
    "knoten": (PAPER, knoten),
    "wege": (PAPER, wege),
    "tisch": (MIST, tisch),
    "wiese": (PAPER, wiese),
    "sprechblasen": (SAND, sprechblasen),
    "werkzeug": (PAPER, werkzeug),
    "haeuser": (MIST, haeuser),
    "kalender": (SAND, kalender),
    "kreise": (PAPER, kreise),
    "wand": (PAPER, wand),
    "landschaft": (PAPER, landschaft),
    "bus": (PAPER, bus),
    "bildschirme": (SAGE, bildschirme),
    "papiere": (PAPER, papiere),
    "bausteine": (MIST, bausteine),
}


def main(names: Sequence[str]) -> None:
    """Draw the named pictures, or all."""
    folder = Path(__file__).parent / "pictures"
    folder.mkdir(exist_ok=True)
    for name in names or list(DRAWINGS):
        background, draw = DRAWINGS[name]
        sheet = Sheet(background)
        draw(sheet)
        sheet.save(folder / f"{name}.webp")


if __name__ == "__main__":
    main(sys.argv[1:])

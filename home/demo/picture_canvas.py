"""The canvas the demo's pictures are drawn on: one palette, flat shapes, 1200 × 675."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT, SCALE = 1200, 675, 3
PAPER, SAND, INK = "#f5f1e8", "#e9e1d1", "#22304f"
BLUE, SKY, MIST = "#3a5a8c", "#8fb0d3", "#d5e1ee"
OCHRE, BRICK, SAGE, MOSS = "#dda63f", "#c2604a", "#9db59a", "#55755f"
WHITE = "#fffdf8"

Point = tuple[float, float]


class Sheet:
    """A canvas in the picture's own coordinates; shapes may be translucent (`alpha`, 0–1)."""

    def __init__(self, background: str) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), background)

    def _paint(self, paint: Callable[[ImageDraw.ImageDraw], None], colour: str, alpha: float) -> None:
        mask = Image.new("L", self.image.size, 0)
        paint(ImageDraw.Draw(mask))
        if alpha < 1:
            mask = mask.point(lambda value: int(value * alpha))
        self.image.paste(colour, (0, 0), mask)

    def circle(self, at: Point, radius: float, colour: str, alpha: float = 1, ring: float = 0) -> None:
        box = [
            (at[0] - radius) * SCALE,
            (at[1] - radius) * SCALE,
            (at[0] + radius) * SCALE,
            (at[1] + radius) * SCALE,
        ]
        if ring:
            self._paint(lambda d: d.ellipse(box, outline=255, width=round(ring * SCALE)), colour, alpha)
        else:
            self._paint(lambda d: d.ellipse(box, fill=255), colour, alpha)

    def pie(self, at: Point, radius: float, start: float, end: float, colour: str) -> None:
        box = [
            (at[0] - radius) * SCALE,
            (at[1] - radius) * SCALE,
            (at[0] + radius) * SCALE,
            (at[1] + radius) * SCALE,
        ]
        self._paint(lambda d: d.pieslice(box, start, end, fill=255), colour, 1)

    def arc(self, at: Point, radius: float, start: float, end: float, colour: str, width: float) -> None:
        steps = [math.radians(start + (end - start) * i / 90) for i in range(91)]
        self.line(
            [(at[0] + radius * math.cos(a), at[1] + radius * math.sin(a)) for a in steps], colour, width
        )

    def box(
        self, x: float, y: float, w: float, h: float, colour: str, radius: float = 0, alpha: float = 1
    ) -> None:
        box = [x * SCALE, y * SCALE, (x + w) * SCALE, (y + h) * SCALE]
        self._paint(lambda d: d.rounded_rectangle(box, radius * SCALE, fill=255), colour, alpha)

    def shape(self, points: Sequence[Point], colour: str, alpha: float = 1) -> None:
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self._paint(lambda d: d.polygon(scaled, fill=255), colour, alpha)

    def line(self, points: Sequence[Point], colour: str, width: float, alpha: float = 1) -> None:
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        half = width * SCALE / 2

        def paint(draw: ImageDraw.ImageDraw) -> None:
            draw.line(scaled, fill=255, width=round(width * SCALE), joint="curve")
            for x, y in scaled:  # every joint, or a wide line cracks where it bends
                draw.ellipse([x - half, y - half, x + half, y + half], fill=255)

        self._paint(paint, colour, alpha)

    def tilted(
        self, centre: Point, w: float, h: float, degrees: float, colour: str, alpha: float = 1
    ) -> None:
        corners = [(-w / 2, -h / 2), (w / 2, -h / 2), (w / 2, h / 2), (-w / 2, h / 2)]
        self.shape([turn(centre, corner, degrees) for corner in corners], colour, alpha)

    def save(self, path: Path) -> None:
        self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(path, "WEBP", quality=74, method=6)


def turn(centre: Point, offset: Point, degrees: float) -> Point:
    angle = math.radians(degrees)
    x, y = offset
    return (
        centre[0] + x * math.cos(angle) - y * math.sin(angle),
        centre[1] + x * math.sin(angle) + y * math.cos(angle),
    )


def curve(start: Point, first: Point, second: Point, end: Point) -> list[Point]:
    """A cubic Bézier curve as 80 points."""

    def at(t: float, axis: int) -> float:
        u = 1 - t
        return (
            u**3 * start[axis] + 3 * u * u * t * first[axis] + 3 * u * t * t * second[axis] + t**3 * end[axis]
        )

    return [(at(i / 80, 0), at(i / 80, 1)) for i in range(81)]


def hill(sheet: Sheet, left: float, right: float, top: float, colour: str) -> None:
    """A hill that fills the picture down to its lower edge."""
    half = (right - left) / 2
    rim = [
        (left + half * (1 - math.cos(math.pi * i / 60)), HEIGHT - (HEIGHT - top) * math.sin(math.pi * i / 60))
        for i in range(61)
    ]
    sheet.shape(rim, colour)


def quote(sheet: Sheet, at: Point, size: float, colour: str, closing: bool = False) -> None:
    """A German quotation mark: „ or, turned by half a circle, “."""
    for step in (0, 1):
        x = at[0] + step * size * 1.25
        flip = -1 if closing else 1
        sheet.circle((x, at[1]), size * 0.48, colour)
        tail = [
            (size * 0.48, 0),
            (size * 0.42, size * 0.62),
            (-size * 0.22, size * 1.12),
            (-size * 0.3, size * 0.92),
            (size * 0.02, size * 0.44),
        ]
        sheet.shape([(x + flip * dx, at[1] + flip * dy) for dx, dy in tail], colour)


def bubble(
    sheet: Sheet, x: float, y: float, w: float, h: float, colour: str, tail: float, alpha: float = 1
) -> None:
    foot = x + w * tail
    lean = -60 if tail < 0.5 else 60
    sheet.shape([(foot - 38, y + h - 2), (foot + 38, y + h - 2), (foot + lean, y + h + 72)], colour, alpha)
    sheet.box(x, y, w, h, colour, 56, alpha)

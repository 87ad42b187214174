"""A walk drawn as a picture: steps as boxes, ways as arrows, top to bottom (SVG)."""

import html
from collections import defaultdict

from bot.conversation.walks import END, Walk

WIDTH, HEIGHT, ACROSS, DOWN = 150, 34, 190, 84
"""Of a box, and from one box to the next, in pixels."""


def draw(walk: Walk) -> str:
    """The walk's steps in layers by their distance from the start, and every way between them."""
    layers = _layers(walk)
    widest = max(len(layer) for layer in layers)
    place = {
        name: (
            int(ACROSS * (column + (widest - len(layer)) / 2)) + 20,
            DOWN * row + 20,
        )
        for row, layer in enumerate(layers)
        for column, name in enumerate(layer)
    }
    arrows = [
        _arrow(place[name], place[target], ", ".join(outcomes))
        for name, ways in _ways(walk).items()
        for target, outcomes in ways.items()
    ]
    boxes = [_box(walk, name, x, y) for name, (x, y) in place.items()]
    width, height = ACROSS * widest + 40, DOWN * len(layers)
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img" '
        f'aria-label="Path {html.escape(walk.walk)}" font-family="sans-serif" font-size="12">'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>'
        f"{''.join(arrows)}{''.join(boxes)}</svg>"
    )


def _ways(walk: Walk) -> dict[str, dict[str, list[str]]]:
    """For each step its targets, each with the outcomes that lead there."""
    ways: dict[str, dict[str, list[str]]] = {}
    for name, step in walk.steps.items():
        found: dict[str, list[str]] = defaultdict(list)
        if isinstance(step.next, str):
            found[step.next] = []
        else:
            for outcome, target in step.next.items():
                found[target].append(outcome)
        ways[name] = dict(found)
    return ways


def _layers(walk: Walk) -> list[list[str]]:
    ways = _ways(walk)
    starts = list(dict.fromkeys([walk.start, *walk.variants.values()]))
    layers, seen, present = [], set(starts), starts
    while present:
        layers.append(present)
        following = [target for name in present for target in ways.get(name, {})]
        present = [name for name in dict.fromkeys(following) if name not in seen and name != END]
        seen.update(present)
    return [*layers, [END]]


def _box(walk: Walk, name: str, x: int, y: int) -> str:
    step = walk.steps.get(name)
    asks = step is not None and step.ask is not None
    look = 'fill="#eef6f5" stroke="#1f5f5b"' if asks else 'fill="#fff" stroke="#777"'
    link = f'<a href="#{walk.walk}-{name}">' if step else "<a>"
    return (
        f'{link}<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="6" {look}/>'
        f'<text x="{x + WIDTH // 2}" y="{y + 21}" text-anchor="middle">'
        f"{html.escape(name)}</text></a>"
    )


def _arrow(start: tuple[int, int], end: tuple[int, int], outcomes: str) -> str:
    """Down from a box's bottom edge, across between neighbours, back up along the right side."""
    (x, y), (to_x, to_y) = start, end
    if to_y > y:
        line = f"M{x + WIDTH // 2} {y + HEIGHT} L{to_x + WIDTH // 2} {to_y}"
        middle = ((x + to_x + WIDTH) // 2, (y + HEIGHT + to_y) // 2)
    elif to_y == y and to_x != x:
        away, near = (x + WIDTH, to_x) if to_x > x else (x, to_x + WIDTH)
        sag = y + HEIGHT // 2 + abs(to_x - x) // 8
        line = f"M{away} {y + HEIGHT // 2} Q{(away + near) // 2} {sag} {near} {y + HEIGHT // 2}"
        middle = ((away + near) // 2, sag)
    else:
        bend = max(x, to_x) + WIDTH + 24
        line = (
            f"M{x + WIDTH} {y + HEIGHT // 2} C{bend} {y} {bend} {to_y + HEIGHT} "
            f"{to_x + WIDTH} {to_y + HEIGHT // 2}"
        )
        middle = (bend - 10, (y + to_y + HEIGHT) // 2)
    label = outcomes if len(outcomes) <= 28 else f"{outcomes[:27]}…"
    return (
        f'<path d="{line}" fill="none" stroke="#888" marker-end="url(#tip)"/>'
        f'<text x="{middle[0]}" y="{middle[1]}" font-size="10" text-anchor="middle" '
        'fill="#444" stroke="#fff" stroke-width="3" paint-order="stroke">'
        f"{html.escape(label)}</text>"
    )

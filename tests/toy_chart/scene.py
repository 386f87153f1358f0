"""A bar a place, and the legend below."""

from atlas.draw import legend


def draw(scene, atlas, view, box, keys=True):
    small = scene.type.small
    entries = legend.class_entries(view.classes) if keys else []
    room = 20 * small if box.height == float("inf") else box.height - 3 * small
    pitch = room / max(len(view.class_of), 1)
    for index, (place, identity) in enumerate(view.class_of.items()):
        wide = box.width * int(identity.removeprefix("rung-")) / 6
        with scene.group(place, view.hover[place], identity):
            fill = scene.class_colour(view.klass(identity))
            scene.rect(box.x, box.y + pitch * index, wide, pitch * 0.8, fill=fill, stroke="edge")
    return legend.flow(scene, entries, box.x, box.y + room + small, box.width, 3)

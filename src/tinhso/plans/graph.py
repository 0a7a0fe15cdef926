"""What waits for what."""

from collections.abc import Collection, Mapping


def cycle(edges: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """
    Return a circle of things that wait for each other, closed by its first one; empty if there is none.

    >>> cycle({"a": ["b"], "b": ["c"], "c": ["a"]})
    ('a', 'b', 'c', 'a')
    """
    done: set[str] = set()
    for start in edges:
        path: list[str] = []
        ahead = [iter([start])]
        while ahead:
            name = next(ahead[-1], None)
            if name is None:
                ahead.pop()
                if path:
                    done.add(path.pop())
            elif name in path:
                return (*path[path.index(name) :], name)
            elif name not in done:
                path.append(name)
                ahead.append(iter(edges.get(name, ())))
    return ()

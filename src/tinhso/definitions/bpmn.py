"""
The steps of a procedure as BPMN 2.0 (ISO/IEC 19510): a lane for each role, a task for each step.

Conditions and returns to earlier steps become exclusive gateways, consultations tasks parallel to the step.
The diagram part places everything on a grid, so that any modeller opens it.
"""

from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from tinhso.definitions.types import Procedure, Step

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
SHAPES = "http://www.omg.org/spec/DD/20100524/DC"
EDGES = "http://www.omg.org/spec/DD/20100524/DI"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"

LANE_HEIGHT, COLUMN, LEFT = 120, 190, 60
_SIZES = {
    "task": (130, 70),
    "userTask": (130, 70),
    "exclusiveGateway": (50, 50),
    "parallelGateway": (50, 50),
    "startEvent": (36, 36),
    "endEvent": (36, 36),
}


@dataclass(frozen=True, slots=True)
class _Node:
    id: str
    kind: str
    name: str
    lane: str


@dataclass(frozen=True, slots=True)
class _Flow:
    source: str
    target: str
    name: str = ""
    condition: str = ""

    @property
    def id(self) -> str:
        return f"flow_{self.source}_{self.target}"


@dataclass(slots=True)
class _Graph:
    nodes: list[_Node] = field(default_factory=list)
    flows: list[_Flow] = field(default_factory=list)

    @property
    def lanes(self) -> list[str]:
        return list(dict.fromkeys(node.lane for node in self.nodes))


def export(procedure: Procedure) -> str:
    """Return the steps as a BPMN 2.0 document with its diagram."""
    for prefix, space in (("bpmn", MODEL), ("bpmndi", DIAGRAM), ("dc", SHAPES), ("di", EDGES)):
        ET.register_namespace(prefix, space)
    graph = _graph(procedure)
    root = ET.Element(f"{{{MODEL}}}definitions", id="definitions", targetNamespace="urn:tinhso:procedures")
    pool = ET.SubElement(root, f"{{{MODEL}}}collaboration", id="collaboration")
    name = f"{procedure.code} {procedure.name.vi}"
    ET.SubElement(pool, f"{{{MODEL}}}participant", id="pool", name=name, processRef="process")
    _process(root, graph)
    _diagram(root, graph)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _graph(procedure: Procedure) -> _Graph:
    graph = _Graph()
    steps = procedure.steps
    graph.nodes.append(_Node("start", "startEvent", "Nộp hồ sơ", steps[0].by))
    for step in steps:
        graph.nodes += _nodes(step)
    graph.nodes.append(_Node("end", "endEvent", procedure.result.name.vi, steps[-1].by))
    entries = [_nodes(step)[0].id for step in steps]
    graph.flows.append(_Flow("start", entries[0]))
    for step, after in zip(steps, [*entries[1:], "end"], strict=True):
        graph.flows += _flows(step, after, dict(zip((one.id for one in steps), entries, strict=True)))
    return graph


def _nodes(step: Step) -> list[_Node]:
    """Return what stands for the step, its way in first, its way out last."""
    nodes = [_Node(f"step_{step.id}", "userTask", step.name.vi, step.by)]
    if step.consult:
        asked = [
            _Node(f"ask_{step.id}_{one.id}", "task", one.name.vi, f"{one.role} ({one.agency})")
            for one in step.consult
        ]
        fork = _Node(f"fork_{step.id}", "parallelGateway", "Lấy ý kiến", step.by)
        nodes = [fork, *nodes, *asked, _Node(f"join_{step.id}", "parallelGateway", "", step.by)]
    if step.when:
        nodes.insert(0, _Node(f"if_{step.id}", "exclusiveGateway", "", step.by))
    if step.back_to:
        nodes.append(_Node(f"done_{step.id}", "exclusiveGateway", "", step.by))
    return nodes


def _flows(step: Step, after: str, entries: dict[str, str]) -> list[_Flow]:
    work = [node.id for node in _nodes(step) if node.kind in {"userTask", "task"}]
    start = f"fork_{step.id}" if step.consult else work[0]
    end = f"join_{step.id}" if step.consult else work[0]
    flows = [flow for task in work if step.consult for flow in (_Flow(start, task), _Flow(task, end))]
    if step.when:
        gate = f"if_{step.id}"
        flows += [_Flow(gate, start, "Có", step.when), _Flow(gate, after, "Không", f"!({step.when})")]
    if not step.back_to:
        return [*flows, _Flow(end, after)]
    done = f"done_{step.id}"
    back = [_Flow(done, entries[earlier], "Trả lại") for earlier in step.back_to]
    return [*flows, _Flow(end, done), _Flow(done, after, "Đạt"), *back]


def _process(root: ET.Element, graph: _Graph) -> None:
    process = ET.SubElement(root, f"{{{MODEL}}}process", id="process", isExecutable="false")
    lanes = ET.SubElement(process, f"{{{MODEL}}}laneSet", id="lanes")
    for index, role in enumerate(graph.lanes):
        lane = ET.SubElement(lanes, f"{{{MODEL}}}lane", id=f"lane_{index}", name=role)
        for node in graph.nodes:
            if node.lane == role:
                ET.SubElement(lane, f"{{{MODEL}}}flowNodeRef").text = node.id
    for node in graph.nodes:
        element = ET.SubElement(process, f"{{{MODEL}}}{node.kind}", id=node.id, name=node.name)
        for tag, flows in (
            ("incoming", [flow for flow in graph.flows if flow.target == node.id]),
            ("outgoing", [flow for flow in graph.flows if flow.source == node.id]),
        ):
            for flow in flows:
                ET.SubElement(element, f"{{{MODEL}}}{tag}").text = flow.id
    for flow in graph.flows:
        element = ET.SubElement(
            process,
            f"{{{MODEL}}}sequenceFlow",
            id=flow.id,
            name=flow.name,
            sourceRef=flow.source,
            targetRef=flow.target,
        )
        if flow.condition:
            condition = ET.SubElement(element, f"{{{MODEL}}}conditionExpression")
            condition.set(f"{{{INSTANCE}}}type", "bpmn:tFormalExpression")
            condition.text = flow.condition


def _diagram(root: ET.Element, graph: _Graph) -> None:
    diagram = ET.SubElement(root, f"{{{DIAGRAM}}}BPMNDiagram", id="diagram")
    plane = ET.SubElement(diagram, f"{{{DIAGRAM}}}BPMNPlane", id="plane", bpmnElement="collaboration")
    width = LEFT + COLUMN * len(graph.nodes)
    _shape(plane, "pool", (0, 0, width + 30, LANE_HEIGHT * len(graph.lanes)))
    for index in range(len(graph.lanes)):
        _shape(plane, f"lane_{index}", (30, LANE_HEIGHT * index, width, LANE_HEIGHT))
    middles: dict[str, tuple[int, int]] = {}
    for column, node in enumerate(graph.nodes):
        x = LEFT + COLUMN * column + COLUMN // 2
        y = LANE_HEIGHT * graph.lanes.index(node.lane) + LANE_HEIGHT // 2
        middles[node.id] = (x, y)
        wide, high = _SIZES[node.kind]
        _shape(plane, node.id, (x - wide // 2, y - high // 2, wide, high))
    for flow in graph.flows:
        edge = ET.SubElement(plane, f"{{{DIAGRAM}}}BPMNEdge", id=f"edge_{flow.id}", bpmnElement=flow.id)
        for x, y in (middles[flow.source], middles[flow.target]):
            ET.SubElement(edge, f"{{{EDGES}}}waypoint", x=str(x), y=str(y))


def _shape(plane: ET.Element, name: str, bounds: tuple[int, int, int, int]) -> None:
    shape = ET.SubElement(plane, f"{{{DIAGRAM}}}BPMNShape", id=f"shape_{name}", bpmnElement=name)
    sizes = dict(zip(("x", "y", "width", "height"), map(str, bounds), strict=True))
    ET.SubElement(shape, f"{{{SHAPES}}}Bounds", sizes)

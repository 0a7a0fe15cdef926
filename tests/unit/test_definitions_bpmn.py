"""The exported diagram holds every step and leads nowhere that is not."""

from xml.etree import ElementTree as ET

from tests.unit.definitions_samples import procedure
from tinhso.definitions.bpmn import DIAGRAM, MODEL, export

STEPS = [
    {"id": "receive", "name": "Nhận", "by": "one_stop"},
    {
        "id": "examine",
        "name": "Xét",
        "by": "specialist",
        "when": "married",
        "back_to": ["receive"],
        "consult": [
            {"id": "health", "name": "Hỏi", "agency": "health_department", "role": "leader", "hours": 8}
        ],
    },
    {"id": "sign", "name": "Ký & <đóng dấu>", "by": "chairperson", "signs": True},
]


def test_every_step_is_a_task_in_the_lane_of_its_role() -> None:
    root = ET.fromstring(export(procedure(steps=STEPS)))
    tasks = {one.get("id"): one.get("name") for one in root.iter(f"{{{MODEL}}}userTask")}
    assert tasks == {"step_receive": "Nhận", "step_examine": "Xét", "step_sign": "Ký & <đóng dấu>"}
    lanes = {one.get("name"): {ref.text for ref in one} for one in root.iter(f"{{{MODEL}}}lane")}
    assert lanes["specialist"] == {
        "if_examine",
        "fork_examine",
        "step_examine",
        "join_examine",
        "done_examine",
    }
    assert lanes["leader (health_department)"] == {"ask_examine_health"}


def test_every_flow_joins_two_nodes_and_is_drawn() -> None:
    root = ET.fromstring(export(procedure(steps=STEPS)))
    flows = list(root.iter(f"{{{MODEL}}}sequenceFlow"))
    ids = {one.get("id") for one in root.iter()}
    ends = {(one.get("sourceRef"), one.get("targetRef")) for one in flows}
    assert {end for pair in ends for end in pair} <= ids
    assert {("done_examine", "step_receive"), ("done_examine", "step_sign")} <= ends
    assert ("if_examine", "step_sign") in ends
    tasks = {"step_receive", "step_examine", "step_sign", "ask_examine_health"}
    assert all(sum(source == task for source, _ in ends) == 1 for task in tasks)
    drawn = {one.get("bpmnElement") for one in root.iter(f"{{{DIAGRAM}}}BPMNEdge")}
    assert drawn == {one.get("id") for one in flows}
    assert len({one.get("id") for one in flows}) == len(flows)

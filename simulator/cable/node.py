"""The node of Ranvier of a rabbit: its gating and its membrane."""

from __future__ import annotations

from math import exp

from simulator.ions import MAMMAL
from simulator.kinetics import GateRates, Kinetics
from simulator.membrane import Preparation, RefractoryPeriods


def rabbit_node_rates(voltage_mv: float) -> GateRates:
    """Rabbit node at 37 C, rest at -80 mV; there are no K channels, and n stays shut.

    Source: Chiu, Ritchie, Rogart & Stagg 1979, J Physiol 292:149, put in this form and taken to
    37 C by Sweeney, Mortimer & Durand 1987, Proc IEEE EMBS 9:1577 (known as CRRSS; counted from
    rest, 126 + 0.363 V reads 97 + 0.363 v).
    """
    v = voltage_mv
    alpha_m = (126.0 + 0.363 * v) / (1.0 + exp(-(v + 49.0) / 5.3))
    beta_h = 15.6 / (1.0 + exp(-(v + 56.0) / 10.0))
    return GateRates(
        alpha_m=alpha_m,
        beta_m=alpha_m / exp((v + 56.2) / 4.17),
        alpha_h=beta_h / exp((v + 74.5) / 5.0),
        beta_h=beta_h,
        alpha_n=0.0,
        beta_n=1.0,
    )


#: Sweeney, Mortimer & Durand 1987. The Q10 of 3 is the usual one for these gates; in the range of
#: temperatures given the standard fibre conducts at its usual stimulus, fastest at 45 degrees C.
#: The leak stands for all K that flows, since the node has no other K channels; its source says
#: nothing of a pump. The refractory periods are those of the standard fibre, with pulses of
#: 0.1 ms at one end, the first at 1.5 x threshold, read at the other end.
RABBIT_NODE = Preparation(
    name="node",
    title="rabbit node",
    note="a mammalian node at body temperature: Na channels and leak, no K channels",
    capacitance_uf_cm2=2.5,
    g_na=1445.0,
    g_k=0.0,
    g_leak=128.0,
    e_na_mv=35.64,
    e_k_mv=-90.0,
    e_leak_mv=-80.01,
    pump_ua_cm2=0.0,
    kinetics=Kinetics(rabbit_node_rates, 3.0, 37.0, m_gates=2),
    default_c=37.0,
    temperature_range_c=(5.0, 45.0),
    k_out_mm=MAMMAL.k_out_mm,
    na_out_mm=MAMMAL.na_out_mm,
    leak_passes_k_and_na=True,
    refractory=RefractoryPeriods(absolute_ms=0.5, relative_ms=0.7),
)

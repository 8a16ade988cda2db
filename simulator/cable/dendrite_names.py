"""What is measured of a run of a cell with a dendrite; read without a library of numbers."""

from __future__ import annotations

from simulator.measurements import Measurement

#: The measurements that a run can have. Those of the postsynaptic potential, up to
#: `psp_decay_ms`, need a synapse and no spike; those after it are of the first spike.
DENDRITE_MEASUREMENTS: dict[str, Measurement] = {
    "rest_mv": Measurement("potential of the soma before anything opens", "mV", 1),
    "length_constant_um": Measurement("length constant of the dendrite", "um", 0),
    "synaptic_na": Measurement("strongest synaptic current, inward negative", "nA", 3),
    "synaptic_pc": Measurement("charge that all synapses pass, inward negative", "pC", 3),
    "spike_count": Measurement("number of spikes in the trigger zone", "", 0),
    "axon_fired": Measurement("1 where a spike reaches the end of the axon, else 0", "", 0),
    "synapse_psp_mv": Measurement("postsynaptic potential at the first synapse", "mV", 2),
    "soma_psp_mv": Measurement("postsynaptic potential in the soma", "mV", 2),
    "trigger_psp_mv": Measurement("postsynaptic potential in the trigger zone", "mV", 2),
    "reaching_share": Measurement("share of it that reaches the soma", "", 3),
    "psp_peak_ms": Measurement("from the first opening to the peak in the soma", "ms", 2),
    "psp_decay_ms": Measurement("from the peak in the soma until 37 % of it is left", "ms", 2),
    "start_um": Measurement("how far along the axon the spike begins; 0 is in the soma", "um", 0),
    "trigger_ms": Measurement("arrival of the spike in the trigger zone", "ms", 2),
    "soma_ms": Measurement("arrival of the spike in the soma", "ms", 2),
    "axon_ms": Measurement("arrival of the spike at the end of the axon", "ms", 2),
    "soma_delay_ms": Measurement("from trigger zone to soma", "ms", 2),
}

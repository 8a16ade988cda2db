"""An ensemble is as many runs of the scalar kernel, in single precision."""

import numpy as np
import pytest

from simulator import SQUID, TEXTBOOK, Cancelled, Changes, Pulse, run, threshold
from simulator.altered import alter
from simulator.batch.ensemble import TABLES_AT_ONCE, Member, bracket_thresholds, run_many
from simulator.measurements import SPIKE_MV, find_spikes
from simulator.membrane import RECEPTOR
from simulator.stimulus import Pressure, Ramp, Step, SynapticEvent, Train

# Single precision holds a potential to 4e-6 mV, and a gate to 6e-8. That alone moves nothing
# that could be seen, but near the border of two cells of the rate table it may choose the other
# one. So what is allowed for is the table itself, against the scalar kernel with exact rates:
# less than 0.001 ms for a peak and 0.1 % for a threshold (`kinetics.Propagators`; DESIGN
# section 7: 9e-4), for each spike, as the next one starts from what it leaves. In a rise of 300
# to 600 V/s, 0.001 ms is 0.3 to 0.6 mV, but a rise is short; next to the top of a peak it is the
# choice of samples that shows.
TIME_MS = 0.001
RMS_MV = 0.05
PEAK_MV = 0.02

STRONG = Pulse(1.0, 0.5, 70.0)
ALTERED = [
    Changes(na_block=0.3),
    Changes(k_block=0.8),
    Changes(e_na_shift_mv=-25.0, pump=0.0),
    Changes(e_k_shift_mv=-8.0),
    Changes(e_k_shift_mv=4.0, na_block=0.1, k_block=0.5),
    Changes(frozen_n="rest"),
    Changes(frozen_m=0.0),
    Changes(frozen_h=0.5, k_block=0.2),
    Changes(frozen_h="rest", frozen_n=0.3),
    Changes(na_block=1.0, k_block=1.0, pump=0.5),
]
COURSES = [
    [],
    [STRONG],
    [Pulse(2.3, 7.1, 31.0)],
    [Pulse(1.0, 0.5, 47.0), Pulse(11.003, 0.4, 140.0)],
    [Pulse(0.0, 12.0, -20.0)],
    [Train(0.5, 0.4, 80.0, 5.1, 4)],
    [Step(3.0, 20.0)],
    [Ramp(1.0, 12.0, 0.0, 60.0)],
]
WARM = [Changes(temperature_c=c) for c in (0.0, 12.5, 18.5, 25.0, 33.0)]
MEMBERS = {
    TEXTBOOK: [
        *(Member(course) for course in COURSES),
        *(Member([STRONG], changes) for changes in ALTERED),
    ],
    SQUID: [
        *(Member(course, changes) for course in COURSES for changes in (Changes(), WARM[2])),
        *(Member([STRONG], changes) for changes in (*ALTERED, *WARM)),
        Member([STRONG], Changes(temperature_c=18.5, na_block=0.2, frozen_n="rest")),
    ],
}


def _crossings_ms(voltage_mv, dt_ms):
    v = np.asarray(voltage_mv, float)
    before = np.flatnonzero((v[:-1] < SPIKE_MV) & (v[1:] >= SPIKE_MV))
    return (before + (SPIKE_MV - v[before]) / (v[before + 1] - v[before])) * dt_ms


def _same_as_scalar(preparation, members, **settings):
    ensemble = run_many(preparation, members, **settings)
    for i, member in enumerate(members):
        trace = run(preparation, member.stimuli, member.changes, exact=True, **settings)
        expected, got = trace.numpy("voltage_mv"), ensemble.voltage_mv[i]
        assert got.shape == expected.shape
        assert ensemble.rest_mv[i] == got[0] == pytest.approx(expected[0], abs=1e-5)
        assert ensemble.peaks_mv()[i] == got.max()
        assert got.max() == pytest.approx(expected.max(), abs=PEAK_MV), member
        crossings = _crossings_ms(expected, trace.dt_ms)
        apart = _crossings_ms(got, trace.dt_ms) - crossings
        assert (np.abs(apart) < TIME_MS * np.arange(1, len(apart) + 1)).all(), member
        assert np.sqrt(np.mean((got - expected) ** 2)) < RMS_MV * max(1, len(apart)), member
        assert ensemble.spike_counts()[i] == len(find_spikes(trace)), member
    return ensemble


@pytest.mark.parametrize("preparation", [TEXTBOOK, SQUID], ids=lambda p: p.name)
@pytest.mark.parametrize("dt_ms", [0.025, 0.01])
def test_every_member_runs_as_it_would_alone(preparation, dt_ms):
    members = MEMBERS[preparation]
    ensemble = _same_as_scalar(preparation, members, duration_ms=25.0, dt_ms=dt_ms)
    assert set(ensemble.spike_counts()) >= {0, 1, 2}
    assert ensemble.time_ms[[0, 1, -1]] == pytest.approx([0.0, dt_ms, 25.0])


def test_shifted_gates_run_as_they_would_alone():
    shifts = [
        Changes(m_shift_mv=-1.5),
        Changes(h_shift_mv=-6.25),
        Changes(n_shift_mv=3.03),
        Changes(m_shift_mv=3.0, h_shift_mv=3.0, n_shift_mv=3.0, temperature_c=12.0),
    ]
    members = [Member([STRONG], changes) for changes in (Changes(), *shifts)]
    _same_as_scalar(SQUID, members, duration_ms=15.0, dt_ms=0.025)


def test_a_rest_that_is_not_stable_is_left_as_it_would_be_alone():
    # The first spike grows out of 0.1 mV, of which a cell of the table of rates is half; the
    # next ones start from what it leaves.
    settings = {"duration_ms": 100.0, "dt_ms": 0.025}
    unstable = [Changes(k_out_mm=36.0), Changes(k_out_mm=40.0), Changes(n_shift_mv=5.03)]
    rested = Changes(na_block=0.3)
    members = [Member([], changes) for changes in (*unstable, rested)]
    ensemble = run_many(SQUID, members, **settings)
    for i, member in enumerate(members):
        trace = run(SQUID, (), member.changes, exact=True, **settings)
        rest_mv = alter(SQUID, member.changes).resting_potential()
        off_mv = 0.0 if member.changes == rested else 0.1
        assert ensemble.voltage_mv[i, 0] == pytest.approx(rest_mv + off_mv, abs=1e-5)
        assert trace.voltage_mv[0] == pytest.approx(rest_mv + off_mv, abs=1e-9)
        crossings = _crossings_ms(trace.numpy("voltage_mv"), 0.025)
        assert (len(crossings) > 2) == (member.changes != rested)
        found = _crossings_ms(ensemble.voltage_mv[i], 0.025)
        assert found[:1] == pytest.approx(crossings[:1], abs=0.5)
        assert np.diff(found) == pytest.approx(np.diff(crossings), abs=0.05)


def test_synapses_run_as_they_would_alone():
    fires = SynapticEvent(1.0, 0.6)
    members = [
        Member([fires]),
        Member([SynapticEvent(1.0, 0.05), SynapticEvent(2.5, 0.05)]),
        Member([fires, SynapticEvent(1.0, 3.0, 8.0, -70.0)]),
        Member([STRONG, SynapticEvent(4.0, 1.0, 5.0, -80.0)], Changes(k_block=0.5)),
        Member([STRONG]),
        # It lifts the potential past the level on its own.
        Member([SynapticEvent(1.0, 5.0, 4.0)], Changes(na_block=1.0)),
    ]
    ensemble = _same_as_scalar(TEXTBOOK, members, duration_ms=15.0, dt_ms=0.025)
    assert ensemble.spike_counts().tolist() == [1, 0, 0, 1, 1, 0]
    assert ensemble.peaks_mv()[5] > SPIKE_MV


def test_drugs_and_channel_diseases_act_as_they_would_alone():
    altered = [
        Changes(lasting_na=0.01),
        Changes(lidocaine_um=200.0),
        Changes(lidocaine_um=30.0, lasting_na=0.02, h_shift_mv=2.0),
        Changes(ttx_nm=2.0, tea_mm=3.0),
        Changes(leak_block=0.5, k_out_mm=6.0, na_out_mm=100.0),
    ]
    train = Train(1.0, 0.5, 90.0, 8.0, 5)
    members = [Member([train], changes) for changes in (Changes(), *altered)]
    ensemble = _same_as_scalar(TEXTBOOK, members, duration_ms=40.0, dt_ms=0.025)
    assert ensemble.peaks_mv()[2] < ensemble.peaks_mv()[0] - 0.5


def test_pressure_acts_as_it_would_alone():
    members = [Member([Pressure(2.0, 30.0, kpa)]) for kpa in (1.0, 20.0, 80.0)]
    members.append(Member([Pressure(2.0, 10.0, 40.0), Pulse(25.0, 0.5, 60.0)]))
    ensemble = _same_as_scalar(RECEPTOR, members, duration_ms=40.0, dt_ms=0.025)
    assert ensemble.spike_counts()[0] < ensemble.spike_counts()[2]


def test_members_do_not_influence_each_other():
    members = MEMBERS[SQUID]
    order = np.random.default_rng(7).permutation(len(members))
    together = run_many(SQUID, members, dt_ms=0.025)
    shuffled = run_many(SQUID, [members[i] for i in order], dt_ms=0.025)
    assert np.array_equal(shuffled.voltage_mv, together.voltage_mv[order])
    assert np.array_equal(shuffled.spike_counts(), together.spike_counts()[order])
    for i in (0, 3, len(members) - 1):
        alone = run_many(SQUID, [members[i]], dt_ms=0.025)
        assert np.array_equal(alone.voltage_mv[0], together.voltage_mv[i])
        assert np.array_equal(alone.spike_times_ms(0), together.spike_times_ms(i))


def test_more_rate_tables_than_fit_at_once_make_no_difference():
    degrees = np.linspace(3.0, 30.0, TABLES_AT_ONCE + 8)
    members = [Member([STRONG], Changes(temperature_c=float(c))) for c in degrees]
    members += [Member([Pulse(1.0, 0.5, 50.0)], member.changes) for member in members]
    together = run_many(SQUID, members, duration_ms=8.0, dt_ms=0.05)
    for i in range(1, len(members), 7):
        alone = run_many(SQUID, [members[i]], duration_ms=8.0, dt_ms=0.05)
        assert np.array_equal(alone.voltage_mv[0], together.voltage_mv[i])
        assert alone.peaks_mv()[0] == together.peaks_mv()[i]
        assert np.array_equal(alone.spike_times_ms(0), together.spike_times_ms(i))


def test_spikes_are_those_of_the_measurements():
    # Warm squid axons give spikes of every height; strong pulses lift a blocked membrane past
    # the level without a spike, or with one on the way down.
    random = np.random.default_rng(3)
    members = []
    for _ in range(60):
        first = Pulse(0.5, random.uniform(0.1, 1.0), random.uniform(0.0, 300.0))
        second = Pulse(7.0, random.uniform(0.1, 12.0), random.uniform(0.0, 150.0))
        changes = Changes(
            temperature_c=round(random.uniform(0.0, 33.0)),
            na_block=random.choice([0.0, 0.5, 0.9, 1.0]),
        )
        members.append(Member([first, second], changes))
    ensemble = run_many(SQUID, members, dt_ms=0.025, keep_every=None)
    passed, spikes = 0, 0
    for i, member in enumerate(members):
        trace = run(SQUID, member.stimuli, member.changes, dt_ms=0.025)
        found = find_spikes(trace)
        assert ensemble.spike_counts()[i] == len(found), member
        passed += len(_crossings_ms(trace.voltage_mv, 0.025))
        spikes += len(found)
    assert 20 < spikes < passed - 20


def test_spike_times_are_when_the_potential_passes_the_level():
    members = [Member([Step(1.0, 40.0)]), Member([]), Member([STRONG])]
    ensemble = run_many(TEXTBOOK, members, duration_ms=60.0, dt_ms=0.025, keep_every=None)
    trace = run(TEXTBOOK, [Step(1.0, 40.0)], duration_ms=60.0, dt_ms=0.025)
    crossings = _crossings_ms(trace.voltage_mv, 0.025)
    assert len(crossings) > 5
    # Each spike starts from where the one before has left the gates, so errors add up.
    assert ensemble.spike_times_ms(0) == pytest.approx(crossings, abs=len(crossings) * TIME_MS)
    assert ensemble.spike_counts().tolist() == [len(crossings), 0, 1]
    late = int((crossings >= 30.0).sum())
    assert ensemble.spike_counts(since_ms=30.0).tolist() == [late, 0, 0]
    assert len(ensemble.spike_times_ms(1)) == 0
    for number in (-1, 3, 1.0):
        refused = f"member is {number}, but must be a whole number from 0 to 2"
        with pytest.raises(ValueError, match=refused):
            ensemble.spike_times_ms(number)


@pytest.mark.parametrize("every", [2, 7, 64, 5000])
def test_samples_that_are_not_kept_change_nothing(every):
    members = [Member([Pulse(1.0, 0.5, size)]) for size in np.linspace(5.0, 60.0, 30)]
    settings = {"duration_ms": 20.0, "dt_ms": 0.025}
    whole = run_many(SQUID, members, **settings)
    some = run_many(SQUID, members, keep_every=every, **settings)
    none = run_many(SQUID, members, keep_every=None, **settings)
    assert np.array_equal(some.voltage_mv, whole.voltage_mv[:, ::every])
    assert some.time_ms == pytest.approx(whole.time_ms[::every])
    assert none.voltage_mv.shape == (30, 0)
    for other in (some, none):
        assert np.array_equal(other.peaks_mv(), whole.peaks_mv())
        assert np.array_equal(other.spike_counts(), whole.spike_counts())


def _weakest(preparation, stimuli, changes=None):
    """The first of the stimuli, from weak to strong, that fires."""
    members = [Member([stimulus], changes or Changes()) for stimulus in stimuli]
    fires = run_many(preparation, members, duration_ms=40.0, dt_ms=0.025, keep_every=None)
    return stimuli[int(np.argmax(fires.spike_counts() > 0))]


def test_a_sweep_finds_the_published_threshold_and_rheobase_of_squid():
    # numbers.md 4a: threshold charge 6.5 nC/cm2 for short pulses, 13.3 uA/cm2 for 0.5 ms
    # (phases.md, P3 question 1), rheobase 2.24 uA/cm2 to 3 %; all at 6.3 degrees C.
    sizes = np.geomspace(1.0, 100.0, 921)  # Steps of 0.5 %.
    for pulse_ms, published, tolerance in ((0.2, 6.5 / 0.2, 0.02), (0.5, 13.3, 0.02)):
        weakest = _weakest(SQUID, [Pulse(1.0, pulse_ms, size) for size in sizes])
        assert weakest.amplitude_ua_cm2 == pytest.approx(published, rel=tolerance)
    weakest = _weakest(SQUID, [Step(1.0, size) for size in sizes])
    assert weakest.amplitude_ua_cm2 == pytest.approx(2.24, rel=0.03)


def test_a_squid_axon_let_go_from_minus_3_fires_and_from_minus_2_does_not():
    # numbers.md 4a, anode break: 30 ms at -3 uA/cm2 fires, -2 does not; 6.3 degrees C.
    members = [Member([Pulse(0.0, 30.0, size)]) for size in (-3.0, -2.0)]
    ensemble = run_many(SQUID, members, duration_ms=60.0, dt_ms=0.025, keep_every=None)
    assert ensemble.spike_counts().tolist() == [1, 0]


def test_peaks_of_squid_axons_are_the_published_ones():
    # numbers.md 4a: 0.5 ms at 1.2 x threshold; +38.2 mV at 6.3, +25.3 mV at 18.5 degrees C.
    warm = Changes(temperature_c=18.5)
    sizes = np.geomspace(5.0, 50.0, 461)
    members = []
    for changes in (Changes(), warm):
        weakest = _weakest(SQUID, [Pulse(1.0, 0.5, size) for size in sizes], changes)
        members.append(Member([Pulse(1.0, 0.5, 1.2 * weakest.amplitude_ua_cm2)], changes))
    peaks = run_many(SQUID, members, dt_ms=0.01, keep_every=None).peaks_mv()
    assert peaks == pytest.approx([38.2, 25.3], rel=0.02)


def test_a_bracket_holds_the_threshold_that_exact_rates_give():
    # The search of `experiments.threshold` looks 15 ms after the pulse, in steps of 0.025 ms.
    settings = {"patience_ms": 15.0, "dt_ms": 0.025}
    changes = [Changes(), Changes(na_block=0.3), Changes(e_k_shift_mv=4.0), Changes(k_block=0.5)]
    cases = [(pulse_ms, changed) for pulse_ms in (0.05, 0.5, 6.0) for changed in changes]
    cases.append((0.5, Changes(na_block=1.0)))
    brackets = bracket_thresholds(TEXTBOOK, *zip(*cases, strict=True), **settings)
    assert brackets.pop() is None
    for (pulse_ms, changed), bracket in zip(cases, brackets, strict=False):
        exact = threshold(TEXTBOOK, pulse_ms, changed).amplitude_ua_cm2
        fails, fires = bracket
        assert fails < exact < fires < 1.02 * fails


def test_a_membrane_that_fires_on_its_own_has_no_threshold_to_bracket():
    restless = Changes(m_shift_mv=-10.0)
    settings = {"patience_ms": 100.0, "dt_ms": 0.025}
    assert bracket_thresholds(SQUID, [0.5], [restless], **settings) == [None]
    (bracket,) = bracket_thresholds(SQUID, [0.5], [Changes()], **settings)
    assert bracket is not None


def test_brackets_need_as_many_pulses_as_changes_and_lengths_in_range():
    sentence = "changes has length 1, but must be as long as pulses_ms, which has length 2"
    with pytest.raises(ValueError, match=sentence):
        bracket_thresholds(SQUID, [0.5, 1.0], [Changes()], patience_ms=15.0, dt_ms=0.025)
    with pytest.raises(ValueError, match="duration_ms is -1, but must be above 0"):
        bracket_thresholds(SQUID, [-1.0], [Changes()], patience_ms=15.0, dt_ms=0.025)


STIMULI = "Pulse, Train, Ramp, Step, SynapticEvent or Pressure"
REFUSED = [
    (
        {"members": [Member()] * 501, "duration_ms": 2000.0, "dt_ms": 0.01},
        "members would keep 100,200,501 samples, but may keep 100,000,000: raise keep_every",
    ),
    (
        {"members": [Member()] * 1001, "duration_ms": 2000.0, "dt_ms": 0.01, "keep_every": 2},
        "members would keep 100,101,001 samples, but may keep 100,000,000: raise keep_every",
    ),
    ({"members": [Member(5)]}, f"stimuli is 5, but must be a list of {STIMULI}"),
    ({"members": [Member(), Member([5])]}, f"a stimulus is 5, but must be {STIMULI}"),
    ({"members": []}, "members is empty, but must hold at least one member"),
    ({"keep_every": 0}, "keep_every is 0, but must be None or a whole number from 1"),
    ({"keep_every": 2.0}, "keep_every is 2.0, but must be None or a whole number from 1"),
    ({"keep_every": True}, "keep_every is True, but must be None or a whole number from 1"),
    ({"duration_ms": 0.0}, "duration_ms is 0, but must be above 0 and at most 2000 ms"),
    ({"dt_ms": float("nan")}, "dt_ms is nan, but must be from 0.0005 to 0.05 ms"),
    (
        {"members": [Member(), Member([], Changes(temperature_c=20.0))]},
        "temperature_c is 20, but must be 37 degrees C for the textbook neuron",
    ),
    (
        {"members": [Member([STRONG]), Member([Pulse(0.0, 5.0, 1500.0)] * 2)]},
        "the sum of amplitude_ua_cm2 is 3000, but must be from -200 to 2000 uA/cm2",
    ),
    (
        {"members": [Member([Pressure(1.0, 5.0, 20.0)])]},
        "the textbook neuron feels no pressure; the preparation receptor does",
    ),
    (
        {"members": [Member([Pulse(0.0, 5.0, -150.0), Pulse(4.0, 5.0, -150.0)])]},
        "the sum of amplitude_ua_cm2 is -300, but must be from -200 to 2000 uA/cm2",
    ),
]


@pytest.mark.parametrize(("given", "sentence"), REFUSED, ids=[s for _, s in REFUSED])
def test_bad_input_is_refused_in_a_sentence(given, sentence):
    told = []
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole sentence is compared
        run_many(TEXTBOOK, **({"members": [Member()], "progress": told.append} | given))
    assert str(refused.value) == sentence
    assert not told


def test_strong_stimuli_that_do_not_meet_are_allowed():
    apart = [Pulse(0.0, 1.0, 1500.0), Pulse(2.0, 1.0, 1500.0)]
    assert run_many(TEXTBOOK, [Member(apart)], duration_ms=5.0).peaks_mv()[0] > 0.0


def test_progress_rises_to_one_and_can_stop_the_run():
    members = [Member([STRONG])] * 100
    shares = []
    run_many(SQUID, members, dt_ms=0.025, progress=shares.append)
    assert len(shares) > 3
    assert shares == sorted(set(shares))
    assert shares[-1] == 1.0

    def stop(share):
        told.append(share)
        if share > 0.3:
            raise Cancelled

    told = []
    with pytest.raises(Cancelled):
        run_many(SQUID, members, dt_ms=0.025, progress=stop)
    assert told == shares[: len(told)]
    assert told[-1] < 0.9


def test_far_beyond_the_rates_that_are_tabulated_members_still_run_as_alone():
    # Nothing but the leak is left to hold some of these: they go to -900 and to +8,600 mV.
    ends = [Pulse(0.0, 20.0, -200.0), Pulse(0.0, 20.0, 2000.0)]
    leak_only = Changes(na_block=1.0, k_block=1.0)
    altered = [Changes(), leak_only, Changes(frozen_n=0.2), Changes(frozen_m=0.1, frozen_n=0.0)]
    members = [Member([end], changes) for end in ends for changes in altered]
    ensemble = run_many(TEXTBOOK, members, dt_ms=0.05)
    assert ensemble.voltage_mv.min() < -600.0
    assert ensemble.voltage_mv.max() > 5000.0
    for i, member in enumerate(members):
        trace = run(TEXTBOOK, member.stimuli, member.changes, dt_ms=0.05, exact=True)
        expected = pytest.approx(trace.numpy("voltage_mv"), rel=1e-4, abs=RMS_MV)
        assert ensemble.voltage_mv[i] == expected, member

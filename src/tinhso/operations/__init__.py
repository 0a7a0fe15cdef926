"""The operations room: figures and live counters at a glance, what needs attention, alerts on thresholds."""

"""The rules of dunning: policies, levels, what a run proposes and why; nothing is read or stored."""

"""Interest for late payment: who may charge what, at which rate, over which days."""

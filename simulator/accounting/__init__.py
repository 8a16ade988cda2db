"""The neuron whose ions move: concentrations, pump and ATP over many spikes."""

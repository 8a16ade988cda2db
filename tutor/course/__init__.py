"""The course: content files as typed structs, their scenarios run on the simulator."""

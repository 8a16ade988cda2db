"""The courses: folders of YAML files, carried by the wheel beside the code."""

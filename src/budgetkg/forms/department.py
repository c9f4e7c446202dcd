def read_department(reader):  # type: ignore
    raise NotImplementedError

select district, number, shape from khoroo where vintage = '2022'

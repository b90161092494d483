// What node itself costs.

package paragraph

// Points is the length in points. It is for writers; layout does not use it.
func (l Length) Points() float64 { return float64(l) / float64(Pt) }

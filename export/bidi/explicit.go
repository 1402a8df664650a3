package bidi

import "slices"

// paragraph is a paragraph on its way through the algorithm. Its slices have
// one value for each character and are used again for the next one.
type paragraph struct {
	text    []rune
	classes []class // Bidi_Class, later with overrides applied
	levels  []Level // explicit levels (X1 to X8)

	// match has, for an isolate initiator, the place of its matching PDI, or
	// len(text) when there is none; for a PDI the place of the initiator, or
	// -1 (BD9). Other places mean nothing.
	match []int32

	done []bool // the character is removed, or in a sequence that is resolved
	seq  sequence
}

// read takes the paragraph that text begins with: up to the first separator,
// that included. It returns its length.
func (p *paragraph) read(text []rune) int {
	p.classes = slices.Grow(p.classes[:0], len(text))
	p.match = slices.Grow(p.match[:0], len(text))
	var open []int32 // initiators without a PDI so far
	for i, c := range text {
		k := classOf(c)
		p.classes = append(p.classes, k)
		p.match = append(p.match, -1)
		if initiators.has(k) {
			open = append(open, int32(i))
		} else if k == cPDI && len(open) > 0 {
			last := len(open) - 1
			p.match[i], p.match[open[last]] = open[last], int32(i)
			open = open[:last]
		} else if k == cB {
			break
		}
	}
	n := len(p.classes)
	for _, i := range open {
		p.match[i] = int32(n)
	}
	p.text = text[:n]
	p.levels = slices.Grow(p.levels[:0], n)[:n]
	p.done = slices.Grow(p.done[:0], n)[:n]
	clear(p.done)
	return n
}

// firstStrong is the level that the first letter in [i, j) outside isolates
// asks for (P2, P3), or none.
func (p *paragraph) firstStrong(i, j int, none Level) Level {
	for ; i < j; i++ {
		switch k := p.classes[i]; {
		case k == cL:
			return LTR
		case k == cR || k == cAL:
			return RTL
		case initiators.has(k):
			i = int(p.match[i])
		}
	}
	return none
}

// A status is an entry of the directional status stack (X1).
type status struct {
	level    Level
	override class // cL or cR; cON is neutral
	isolate  bool
}

// explicit applies X1 to X8, and X9 by marking what it removes as done.
func (p *paragraph) explicit(base Level) {
	var (
		stack = make([]status, 1, 8) // grows to maxDepth+2 at most
		// Controls without room on the stack, and isolates that have room.
		overIsolates, overEmbeddings, validIsolates int
	)
	stack[0] = status{base, cON, false}
	for i, k := range p.classes {
		top := stack[len(stack)-1]
		p.levels[i] = top.level // X5a, X6
		p.done[i] = removed.has(k)
		switch k {
		case cRLE, cLRE, cRLO, cLRO: // X2 to X5
			next := nextLevel(top.level, k == cRLE || k == cRLO)
			switch {
			case next <= maxDepth && overIsolates == 0 && overEmbeddings == 0:
				stack = append(stack, status{next, overrideOf(k), false})
			case overIsolates == 0:
				overEmbeddings++
			}

		case cRLI, cLRI, cFSI: // X5a to X5c
			if top.override != cON {
				p.classes[i] = top.override
			}
			rtl := k == cRLI || k == cFSI && p.firstStrong(i+1, int(p.match[i]), LTR) == RTL
			next := nextLevel(top.level, rtl)
			if next <= maxDepth && overIsolates == 0 && overEmbeddings == 0 {
				validIsolates++
				stack = append(stack, status{next, cON, true})
			} else {
				overIsolates++
			}

		case cPDI: // X6a
			switch {
			case overIsolates > 0:
				overIsolates--
			case validIsolates > 0:
				overEmbeddings = 0
				for !stack[len(stack)-1].isolate {
					stack = stack[:len(stack)-1]
				}
				stack = stack[:len(stack)-1]
				validIsolates--
			}
			top = stack[len(stack)-1]
			p.levels[i] = top.level
			if top.override != cON {
				p.classes[i] = top.override
			}

		case cPDF: // X7
			switch {
			case overIsolates > 0:
			case overEmbeddings > 0:
				overEmbeddings--
			case !top.isolate && len(stack) > 1:
				stack = stack[:len(stack)-1]
			}

		case cB: // X8
			p.levels[i] = base

		case cBN:

		default: // X6
			if top.override != cON {
				p.classes[i] = top.override
			}
		}
	}
}

// nextLevel is the least level above from that is odd, or even.
func nextLevel(from Level, odd bool) Level {
	if odd {
		return (from + 1) | 1
	}
	return (from + 2) &^ 1
}

func overrideOf(k class) class {
	switch k {
	case cRLO:
		return cR
	case cLRO:
		return cL
	default:
		return cON
	}
}

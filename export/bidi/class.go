package bidi

import ucd "golang.org/x/text/unicode/bidi"

// class is a Bidi_Class, in a byte.
type class uint8

// The classes, as UAX #9 calls them in table 4.
const (
	cL   = class(ucd.L)
	cR   = class(ucd.R)
	cEN  = class(ucd.EN)
	cES  = class(ucd.ES)
	cET  = class(ucd.ET)
	cAN  = class(ucd.AN)
	cCS  = class(ucd.CS)
	cB   = class(ucd.B)
	cS   = class(ucd.S)
	cWS  = class(ucd.WS)
	cON  = class(ucd.ON)
	cBN  = class(ucd.BN)
	cNSM = class(ucd.NSM)
	cAL  = class(ucd.AL)
	cLRO = class(ucd.LRO)
	cRLO = class(ucd.RLO)
	cLRE = class(ucd.LRE)
	cRLE = class(ucd.RLE)
	cPDF = class(ucd.PDF)
	cLRI = class(ucd.LRI)
	cRLI = class(ucd.RLI)
	cFSI = class(ucd.FSI)
	cPDI = class(ucd.PDI)
)

// A set of classes has bit 1<<c for each class c in it.
type set uint32

const (
	removed    set = 1<<cLRO | 1<<cRLO | 1<<cLRE | 1<<cRLE | 1<<cPDF | 1<<cBN // X9
	initiators set = 1<<cLRI | 1<<cRLI | 1<<cFSI                              // BD8
	isolates   set = initiators | 1<<cPDI
	neutrals   set = 1<<cB | 1<<cS | 1<<cWS | 1<<cON | isolates // NI of N1

	// blank is what takes the base level at the end of a line and before a
	// separator (L1).
	blank set = 1<<cWS | isolates | removed
)

func (m set) has(c class) bool { return m>>c&1 != 0 }

func classOf(c rune) class {
	p, _ := ucd.LookupRune(c)
	return class(p.Class())
}

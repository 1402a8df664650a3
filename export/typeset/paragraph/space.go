package paragraph

import (
	"slices"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// looksBeyondSpaces reports whether a face may shape a word by what stands
// beyond the space beside it: whether a contextual lookup has the space in its
// context (OpenType 1.9.1, "Common Table Formats", sequence contexts and
// chained sequence contexts). Kerning with the space itself is seen where a
// word is shaped.
func looksBeyondSpaces(f *font.Font) bool {
	gid, ok := f.NominalGlyph(' ')
	if !ok {
		return false
	}
	space := glyphTest(gid)
	for _, lookup := range f.GSUB.Lookups {
		for _, table := range lookup.Subtables {
			found := false
			switch table := table.(type) {
			case tables.ContextualSubs:
				switch data := table.Data.(type) {
				case tables.ContextualSubs1:
					found = space.inRules(data.SeqRuleSet)
				case tables.ContextualSubs2:
					found = space.inClass(data.ClassDef)
				case tables.ContextualSubs3:
					found = space.covered(data.Coverages)
				}
			case tables.ChainedContextualSubs:
				switch data := table.Data.(type) {
				case tables.ChainedContextualSubs1:
					found = space.inChainedRules(data.ChainedSeqRuleSet)
				case tables.ChainedContextualSubs2:
					found = space.inClass(data.BacktrackClassDef, data.InputClassDef, data.LookaheadClassDef)
				case tables.ChainedContextualSubs3:
					found = space.covered(data.BacktrackCoverages, data.InputCoverages, data.LookaheadCoverages)
				}
			case tables.ReverseChainSingleSubs:
				found = space.covered(table.BacktrackCoverages, table.LookaheadCoverages)
			}
			if found {
				return true
			}
		}
	}
	for _, lookup := range f.GPOS.Lookups {
		for _, table := range lookup.Subtables {
			found := false
			switch table := table.(type) {
			case tables.ContextualPos:
				switch data := table.Data.(type) {
				case tables.ContextualPos1:
					found = space.inRules(data.SeqRuleSet)
				case tables.ContextualPos2:
					found = space.inClass(data.ClassDef)
				case tables.ContextualPos3:
					found = space.covered(data.Coverages)
				}
			case tables.ChainedContextualPos:
				switch data := table.Data.(type) {
				case tables.ChainedContextualPos1:
					found = space.inChainedRules(data.ChainedSeqRuleSet)
				case tables.ChainedContextualPos2:
					found = space.inClass(data.BacktrackClassDef, data.InputClassDef, data.LookaheadClassDef)
				case tables.ChainedContextualPos3:
					found = space.covered(data.BacktrackCoverages, data.InputCoverages, data.LookaheadCoverages)
				}
			}
			if found {
				return true
			}
		}
	}
	return false
}

// glyphTest looks for a glyph in contexts. Tables that a font leaves out are nil.
type glyphTest tables.GlyphID

// covered reports whether one of the coverage tables has the glyph.
func (g glyphTest) covered(lists ...[]tables.Coverage) bool {
	for _, list := range lists {
		for _, coverage := range list {
			if coverage == nil {
				continue
			}
			if _, ok := coverage.Index(tables.GlyphID(g)); ok {
				return true
			}
		}
	}
	return false
}

// inClass reports whether the glyph has a class of its own.
func (g glyphTest) inClass(definitions ...tables.ClassDef) bool {
	for _, d := range definitions {
		if d == nil {
			continue
		}
		if class, ok := d.Class(tables.GlyphID(g)); ok && class != 0 {
			return true
		}
	}
	return false
}

func (g glyphTest) inRules(sets []tables.SequenceRuleSet) bool {
	for _, set := range sets {
		for _, rule := range set.SeqRule {
			if slices.Contains(rule.InputSequence, tables.GlyphID(g)) {
				return true
			}
		}
	}
	return false
}

func (g glyphTest) inChainedRules(sets []tables.ChainedSequenceRuleSet) bool {
	for _, set := range sets {
		for _, rule := range set.ChainedSeqRules {
			for _, sequence := range [...][]tables.GlyphID{rule.BacktrackSequence, rule.InputSequence, rule.LookaheadSequence} {
				if slices.Contains(sequence, tables.GlyphID(g)) {
					return true
				}
			}
		}
	}
	return false
}

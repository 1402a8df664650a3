package translation

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"qalam/source"
	"qalam/source/diag"
)

// State is how current a block of a translation is.
type State string

const (
	Complete State = "complete" // as it was when the translation was accepted
	Changed  State = "changed"  // the original says something else now
	Missing  State = "missing"  // the translation has nothing for it
	Added    State = "added"    // the original has nothing like it
	Unknown  State = "unknown"  // translated, and there is no base to say from what
)

// Status is how current a translation is.
type Status struct {
	Lang string

	// Based reports whether there is a base, without which no block is
	// complete.
	Based bool

	// Blocks are those of the original in reading order: what the front matter
	// says in words, the text, the notes. Those that only the translation has
	// are at the end.
	Blocks []*Block
}

// Block is a block of an article: a field of its front matter, a paragraph,
// heading, list, table, or a note with all of its text.
type Block struct {
	// ID is the first 8 hexadecimal digits of the SHA-256 of the normalised
	// text in the base, or in the original where the base has none; of equal
	// blocks the second is called ID-2. Empty for one that was added.
	ID    string
	Kind  string // "paragraph", "note", "title"
	State State

	// Old is the text in the base, New that in the original, Translation that
	// of the translation; empty where there is none.
	Old, New, Translation string

	Pos            diag.Pos // in the original
	TranslationPos diag.Pos
}

// Count is the number of blocks in a state.
func (s *Status) Count(state State) int {
	n := 0
	for _, b := range s.Blocks {
		if b.State == state {
			n++
		}
	}
	return n
}

// Total is the number of blocks of the original.
func (s *Status) Total() int { return len(s.Blocks) - s.Count(Added) }

// Words is the number of words of the original that wait for a translator:
// those of changed and of missing blocks. A Han character is a word.
func (s *Status) Words() int {
	n := 0
	for _, b := range s.Blocks {
		if b.State == Changed || b.State == Missing {
			n += countWords(b.New)
		}
	}
	return n
}

// Percent is how much of the original is complete: 100 only when all is.
func (s *Status) Percent() int { return 100 * s.Count(Complete) / max(1, s.Total()) }

// Summary is the state of the translation as a whole: "current" when all
// blocks are complete and none was added, "stale" when the original has
// changed since or something is missing or added, "unknown" without a base.
func (s *Status) Summary() string {
	switch {
	case !s.Based:
		return "unknown"
	case s.Count(Complete) == len(s.Blocks):
		return "current"
	}
	return "stale"
}

// Compare says how current a translation of original is. base is the original
// as it was when the translation was accepted; nil when there is none.
func Compare(base, original, translation *source.Article) *Status {
	s := &Status{Lang: translation.Lang, Based: base != nil}
	now, theirs := partsOf(original), partsOf(translation)
	direct := answers(original, translation, now, theirs)
	var before map[*part]*part
	answer := map[*part][]*part{}
	used := map[*part]bool{}
	take := func(p *part, list []*part) {
		answer[p] = list
		for _, t := range list {
			used[t] = true
		}
	}
	ids := map[string]int{}
	if base != nil {
		// The translation was made from the base, and is most like that.
		old := partsOf(base)
		before = versions(old, now)
		for _, p := range old {
			p.id = newID(p.norm, ids)
		}
		then := answers(base, translation, old, theirs)
		for _, p := range now {
			if was := before[p]; was != nil {
				take(p, then[was])
			}
		}
	}
	for _, p := range now {
		if len(answer[p]) == 0 {
			take(p, slices.DeleteFunc(direct[p], func(t *part) bool { return used[t] }))
		}
	}
	for _, p := range now {
		b := &Block{Kind: p.kind, New: p.text, Pos: p.pos, State: Complete}
		if was := before[p]; was != nil {
			b.ID, b.Old = was.id, was.text
			if was.norm != p.norm {
				b.State = Changed
			}
		} else {
			b.ID = newID(p.norm, ids)
			b.State = Changed
		}
		if base == nil {
			b.State = Unknown
		}
		if len(answer[p]) == 0 {
			b.State = Missing
		}
		for i, t := range answer[p] {
			if i == 0 {
				b.Translation, b.TranslationPos = t.text, t.pos
			} else {
				b.Translation += "\n\n" + t.text
			}
		}
		s.Blocks = append(s.Blocks, b)
	}
	for _, t := range theirs {
		if !used[t] && t.set == nil {
			s.Blocks = append(s.Blocks, &Block{Kind: t.kind, State: Added, Translation: t.text, TranslationPos: t.pos})
		}
	}
	return s
}

// Since counts the blocks of the original that are not as they were in the
// base, and all that it has. What a translation makes of them is nothing to it.
func Since(base, original *source.Article) (changed, total int) {
	now := partsOf(original)
	before := versions(partsOf(base), now)
	for _, p := range now {
		if was := before[p]; was == nil || was.norm != p.norm {
			changed++
		}
	}
	return changed, len(now)
}

// Accept gives the base in which the block of that ID, as Compare calls it, is
// that of the original. It is false when there is no such block.
func Accept(base, original *source.Article, id string) (*source.Article, bool) {
	old, now := partsOf(base), partsOf(original)
	before := versions(old, now)
	ids := map[string]int{}
	for _, p := range old {
		p.id = newID(p.norm, ids)
	}
	out := *base
	out.Blocks, out.Notes = slices.Clone(base.Blocks), slices.Clone(base.Notes)
	kept := map[int]bool{} // blocks of the base that the original still has
	for _, was := range before {
		kept[was.block] = true
	}
	last := -1 // block of the base that the last one of the original was
	note := len(base.Notes)
	for _, p := range now {
		was := before[p]
		name := ""
		if was != nil {
			name = was.id
		} else {
			name = newID(p.norm, ids)
		}
		if name != id {
			if was != nil && was.block >= 0 {
				last = was.block
			}
			continue
		}
		switch {
		case p.set != nil:
			p.set(&out.Header, &original.Header)
		case p.note != nil && was != nil:
			out.Notes[slices.Index(base.Notes, was.note)] = p.note
		case p.note != nil:
			out.Notes = slices.Insert(out.Notes, note, p.note)
		case was != nil:
			out.Blocks[was.block] = original.Blocks[p.block]
		default:
			// What stood there and is gone gives way to it.
			end := last + 1
			for end < len(base.Blocks) && !kept[end] {
				end++
			}
			out.Blocks = slices.Replace(out.Blocks, last+1, end, original.Blocks[p.block])
		}
		return &out, true
	}
	return nil, false
}

// part is a block as it is compared with others: a field, a top-level block,
// or a note.
type part struct {
	kind  string
	text  string // as people read it in a report
	norm  string // without what is no difference
	pos   diag.Pos
	id    string
	block int // index of the top-level block; -1 for fields and notes
	note  *source.Note
	set   func(to, from *source.Header) // for a field
}

// field is a field of the front matter that is written in words.
type field struct {
	name string
	get  func(h *source.Header) string
	set  func(to, from *source.Header)
}

var fields = []field{
	{"title", func(h *source.Header) string { return h.Title }, func(to, from *source.Header) { to.Title = from.Title }},
	{"subtitle", func(h *source.Header) string { return h.Subtitle }, func(to, from *source.Header) { to.Subtitle = from.Subtitle }},
	{"section", func(h *source.Header) string { return h.Section }, func(to, from *source.Header) { to.Section = from.Section }},
	{"abstract", func(h *source.Header) string { return h.Abstract }, func(to, from *source.Header) { to.Abstract = from.Abstract }},
	{"keywords", func(h *source.Header) string { return strings.Join(h.Keywords, ", ") }, func(to, from *source.Header) { to.Keywords = from.Keywords }},
}

// partsOf gives the parts of an article in reading order.
func partsOf(a *source.Article) []*part {
	var parts []*part
	for _, f := range fields {
		if text := f.get(&a.Header); strings.TrimSpace(text) != "" {
			parts = append(parts, &part{kind: f.name, text: text, norm: normalise(f.name + " " + text), pos: a.Header.Pos(f.name), block: -1, set: f.set})
		}
	}
	for i, b := range a.Blocks {
		if _, ok := b.(*source.Remark); ok {
			continue
		}
		text := textOf([]source.Block{b})
		parts = append(parts, &part{kind: kindOf(b), text: text, norm: normalise(text), pos: b.Pos(), block: i})
	}
	for _, n := range a.Notes {
		text := textOf(n.Blocks)
		parts = append(parts, &part{kind: "note", text: "[^" + n.Label + "]: " + text, norm: normalise("[^" + n.Label + "]: " + text), pos: n.Pos(), block: -1, note: n})
	}
	return parts
}

func kindOf(b source.Block) string {
	switch b.(type) {
	case *source.Heading:
		return string(heading)
	case *source.Paragraph:
		return string(paragraph)
	case *source.Figure:
		return string(figure)
	case *source.Quote:
		return string(quotation)
	case *source.List:
		return "list"
	case *source.CodeBlock:
		return string(code)
	case *source.Table:
		return "table"
	case *source.Rule:
		return string(rule)
	default:
		panic(fmt.Sprintf("translation: unknown block %T", b))
	}
}

// textOf is blocks as an author reads them, without marks that only set them:
// words, references and addresses.
func textOf(blocks []source.Block) string {
	text := string(source.PrintBlocks(blocks, nil))
	return strings.TrimSpace(text)
}

// normalise takes away what is no difference between two versions of a text:
// line breaks and spaces, the shape of quotation marks, emphasis, characters
// that nobody sees.
func normalise(s string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFC.String(s) {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case r == '*' || r == '_' || r == '\\' || r == '\u00AD' || r == '\u200B' || r == '\u2060' || r == '\uFEFF':
			continue
		case strings.ContainsRune("“”„‟«»″", r):
			r = '"'
		case strings.ContainsRune("‘’‚‛‹›′", r):
			r = '\''
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		if r == '…' {
			b.WriteString("...")
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// newID names a block, and counts those of one text.
func newID(norm string, seen map[string]int) string {
	sum := sha256.Sum256([]byte(norm))
	id := hex.EncodeToString(sum[:4])
	seen[id]++
	if n := seen[id]; n > 1 {
		return fmt.Sprintf("%s-%d", id, n)
	}
	return id
}

// countWords counts the words that somebody has to translate: a Han character
// is one, an address or a reference to a note is none.
func countWords(s string) int {
	n := 0
	in := false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		end := 0 // of what is no word
		switch {
		case strings.HasPrefix(s[i:], "[^"):
			end = strings.IndexByte(s[i:], ']')
		case strings.HasPrefix(s[i:], "https://"), strings.HasPrefix(s[i:], "http://"):
			if end = strings.IndexFunc(s[i:], unicode.IsSpace); end < 0 {
				end = len(s) - i
			}
		}
		if end > 0 {
			i += end
			in = false
			continue
		}
		letter := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		han := unicode.Is(unicode.Han, r)
		if han || letter && !in {
			n++
		}
		in = letter && !han
		i += size
	}
	return n
}

// versions finds for each part of now what it was in old: fields by their
// name, notes by their label, blocks by their words.
func versions(old, now []*part) map[*part]*part {
	was := map[*part]*part{}
	x := index{}
	named := map[string]*part{}
	var a, b []*unit
	var partsA, partsB []*part
	for _, p := range old {
		if p.block < 0 {
			named[p.name()] = p
			continue
		}
		a, partsA = append(a, x.words(p)), append(partsA, p)
	}
	for _, p := range now {
		if p.block < 0 {
			if q := named[p.name()]; q != nil {
				was[p] = q
			}
			continue
		}
		b, partsB = append(b, x.words(p)), append(partsB, p)
	}
	for _, s := range alignVersions(a, b) {
		if s.na == 1 && s.nb == 1 {
			was[partsB[s.b]] = partsA[s.a]
		}
	}
	return was
}

// name is what a field or note is called in all versions.
func (p *part) name() string {
	if p.note != nil {
		return "^" + p.note.Label
	}
	return p.kind
}

// words is a part as a unit whose ids are its words.
func (x index) words(p *part) *unit {
	u := &unit{kind: kind(p.kind)}
	if p.kind != string(heading) && p.kind != string(paragraph) && p.kind != string(quotation) {
		u.level = 1
	}
	for word := range strings.FieldsSeq(p.norm) {
		n, ok := x[word]
		if !ok {
			n = int32(len(x))
			x[word] = n
		}
		u.ids = append(u.ids, n)
	}
	slices.Sort(u.ids)
	return u
}

// answers finds for each part of the original the parts of the translation
// that stand for it: one, or several where it was split.
func answers(original, translation *source.Article, ours, theirs []*part) map[*part][]*part {
	named := map[string]*part{}
	blocks := map[int]*part{}
	for _, p := range theirs {
		if p.block < 0 {
			named[p.name()] = p
		} else {
			blocks[p.block] = p
		}
	}
	ra, rb := newReader(original.Lang), newReader(translation.Lang, original.Lang)
	a, b := ra.read(original.Blocks), rb.read(translation.Blocks)
	x := index{}
	x.mark(a)
	x.mark(b)
	found := map[int][]*part{}
	for _, s := range align(a, b, newScale(a, b)) {
		for i := range s.na {
			for j := range s.nb {
				top, p := a[s.a+i].top, blocks[b[s.b+j].top]
				if !slices.Contains(found[top], p) {
					found[top] = append(found[top], p)
				}
			}
		}
	}
	list := map[*part][]*part{}
	for _, p := range ours {
		if p.block >= 0 {
			list[p] = found[p.block]
		} else if t := named[p.name()]; t != nil {
			list[p] = []*part{t}
		}
	}
	return list
}

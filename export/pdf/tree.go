package pdf

import (
	"fmt"

	"qalam/export/typeset"
)

// tree is the logical structure of a book, and what the pages show of it.
// Source: ISO 32000-1, 14.7.
type tree struct {
	nodes  []node // an element stands before those in it, and these in reading order
	index  map[*typeset.Elem]int
	owners [][]int // by page and number of marked content: the element that it is
}

// node is an element.
type node struct {
	*typeset.Elem
	parent   int // -1 for the root
	kids     []int
	at       int // among the kids of the parent
	last     int // the last kid that has been drawn, -1 for none
	drawn    bool
	contents []content        // in the order of drawing
	box      *typeset.Picture // of a Figure
}

// content is marked content of an element.
type content struct {
	page, id int
	after    int // the kid that it stands behind, -1 for the beginning
}

func newTree(book *typeset.Book) *tree {
	t := &tree{index: make(map[*typeset.Elem]int)}
	var add func(e *typeset.Elem, parent, at int)
	add = func(e *typeset.Elem, parent, at int) {
		n := len(t.nodes)
		t.index[e] = n
		t.nodes = append(t.nodes, node{Elem: e, parent: parent, at: at, last: -1})
		for i, kid := range e.Kids {
			t.nodes[n].kids = append(t.nodes[n].kids, len(t.nodes))
			add(kid, n, i)
		}
	}
	add(book.Root, -1, 0)
	return t
}

func (t *tree) nextPage() { t.owners = append(t.owners, nil) }

// content is the number of marked content on the page that is drawn, of e.
func (t *tree) content(e *typeset.Elem) (int, error) {
	n, ok := t.index[e]
	if !ok {
		return 0, fmt.Errorf("a %s that is not in the structure", e.Role)
	}
	page := len(t.owners) - 1
	id := len(t.owners[page])
	t.owners[page] = append(t.owners[page], n)
	x := &t.nodes[n]
	x.contents = append(x.contents, content{page, id, x.last})
	for !x.drawn && x.parent >= 0 {
		x.drawn = true
		at := x.at
		x = &t.nodes[x.parent]
		x.last = max(x.last, at)
	}
	return id, nil
}

// before reports whether e comes before other; what is no element comes first.
func (t *tree) before(e, other *typeset.Elem) bool {
	switch {
	case e == nil:
		return true
	case other == nil:
		return false
	}
	return t.index[e] < t.index[other]
}

// shows remembers where the picture of a Figure is.
func (t *tree) shows(pic typeset.Picture) {
	if n, ok := t.index[pic.Elem]; ok {
		t.nodes[n].box = &pic
	}
}

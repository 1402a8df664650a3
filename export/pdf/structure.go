package pdf

import (
	"fmt"
	"maps"
	"slices"

	"qalam/export/pdf/object"
	"qalam/export/typeset"
)

// reserve gives the elements of the structure their objects, since pages and
// links refer to them.
func (f *finisher) reserve() {
	for i := range f.pen.tree.nodes {
		if r := f.out.Reserve(); i == 0 {
			f.elems = r
		}
	}
	f.areas = make(map[int][]linkArea)
}

// linkArea is the area of a link, and its page.
type linkArea struct{ area, page object.Ref }

func (f *finisher) elem(n int) object.Ref { return f.elems + object.Ref(n) }

// area puts the area of a link into its element. What it gives is its number in
// the tree of parents, where pages come first. Source: ISO 32000-1, 14.7.4.3.
func (f *finisher) area(e *typeset.Elem, area, page object.Ref) (key int, err error) {
	n, ok := f.pen.tree.index[e]
	if !ok || e.Role != "Link" {
		return 0, fmt.Errorf("its element is no Link of the structure")
	}
	f.areas[n] = append(f.areas[n], linkArea{area, page})
	key = len(f.pages) + len(f.nums)/2
	f.nums = append(f.nums, key, f.elem(n))
	return key, nil
}

// structure adds the structure of the text: what each part is, in the order in
// which it is read. Source: ISO 32000-1, 14.7.2, 14.7.4.4 and 14.8.4.
func (f *finisher) structure() object.Ref {
	t := f.pen.tree
	root := f.out.Reserve()
	ids := make(map[string]object.Ref)
	for n := range t.nodes {
		x := &t.nodes[n]
		d := object.Dict{"S": object.Name(x.Role), "P": root}
		if x.parent >= 0 {
			d["P"] = f.elem(x.parent)
		}
		if plainTag(x.Lang) {
			d["Lang"] = object.String(x.Lang)
		}
		if x.Alt != "" {
			d["Alt"] = object.Text(x.Alt)
		}
		if x.Title != "" {
			d["T"] = object.Text(x.Title)
		}
		if x.ID != "" {
			d["ID"] = object.String(x.ID)
			ids[x.ID] = f.elem(n)
		}
		if a := f.attributes(x); a != nil {
			d["A"] = a
		}
		f.contents(d, n)
		f.out.Set(f.elem(n), d)
	}

	var nums object.Array
	for i, owners := range t.owners {
		if len(owners) == 0 {
			continue
		}
		row := make(object.Array, len(owners))
		for id, n := range owners {
			row[id] = f.elem(n)
		}
		nums = append(nums, i, f.out.Add(row))
	}
	dict := object.Dict{
		"Type":              object.Name("StructTreeRoot"),
		"K":                 f.elem(0),
		"ParentTree":        f.out.Add(object.Dict{"Nums": append(nums, f.nums...)}),
		"ParentTreeNextKey": len(f.pages) + len(f.nums)/2,
	}
	if len(ids) > 0 {
		var names object.Array
		for _, id := range slices.Sorted(maps.Keys(ids)) {
			names = append(names, object.String(id), ids[id])
		}
		dict["IDTree"] = f.out.Add(object.Dict{"Names": names})
	}
	f.out.Set(root, dict)
	return root
}

// contents says what is in element n: the elements within it, and between them
// what the pages show of it; at the end the areas of a link. Elements that no
// page shows anything of keep their place.
func (f *finisher) contents(d object.Dict, n int) {
	x := &f.pen.tree.nodes[n]
	var k object.Array
	rest := x.contents
	show := func(after int) {
		for len(rest) > 0 && rest[0].after == after {
			page := f.pages[rest[0].page]
			if d["Pg"] == nil {
				d["Pg"] = page
			}
			if d["Pg"] == page {
				k = append(k, rest[0].id)
			} else {
				k = append(k, object.Dict{"Type": object.Name("MCR"), "Pg": page, "MCID": rest[0].id})
			}
			rest = rest[1:]
		}
	}
	show(-1)
	for i, kid := range x.kids {
		k = append(k, f.elem(kid))
		show(i)
	}
	for _, a := range f.areas[n] {
		area := object.Dict{"Type": object.Name("OBJR"), "Obj": a.area}
		if d["Pg"] != a.page {
			area["Pg"] = a.page
		}
		k = append(k, area)
	}
	switch len(k) {
	case 0:
	case 1:
		d["K"] = k[0]
	default:
		d["K"] = k
	}
}

// attributes are those of an element; nil for none. Source: ISO 32000-1,
// 14.8.5.4.3 (BBox), 14.8.5.5 (ListNumbering), 14.8.5.7 (Scope).
func (f *finisher) attributes(x *node) any {
	switch {
	case x.Role == "TH":
		return object.Dict{"O": object.Name("Table"), "Scope": object.Name("Column")}
	case x.Role == "L" && x.Ordered:
		return object.Dict{"O": object.Name("List"), "ListNumbering": object.Name("Decimal")}
	case x.Role == "L":
		return object.Dict{"O": object.Name("List"), "ListNumbering": object.Name("Disc")}
	case x.Role == "Figure" && x.box != nil:
		left, top := x.box.X, f.pen.book.Height-x.box.Y
		box := object.Array{}
		for _, l := range [4]typeset.Length{left, top - x.box.Height, left + x.box.Width, top} {
			box = append(box, object.Real(appendPoints(nil, l)))
		}
		return object.Dict{"O": object.Name("Layout"), "BBox": box}
	}
	return nil
}

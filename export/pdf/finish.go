package pdf

import (
	"fmt"
	"maps"
	"slices"

	"qalam/export/document"
	"qalam/export/pdf/object"
	"qalam/source/diag"
)

// finisher makes the file out of the one that fpdf wrote. It reads that
// strictly: what it does not know is an error, so that nothing of a later fpdf
// is lost or let through in silence.
//
// It takes over the streams of the pages, the areas of links and where they
// lead. All else is made anew.
type finisher struct {
	pen      *pen
	edition  *document.Edition
	doc      *document.Document // the main one
	in       *object.File
	out      object.Document
	warnings diag.List

	pages []object.Ref              // in the file that is made
	page  map[object.Ref]object.Ref // by that of fpdf
	elems object.Ref                // the first of the structure; the others follow it
	areas map[int][]linkArea        // of the elements, by number
	nums  object.Array              // what StructParent of the links leads to

	conforms bool // to PDF/A-2a and PDF/UA-1
}

// finish fills f.out and gives its catalog and its information dictionary.
func (f *finisher) finish(drawn []byte) (root, info object.Ref, err error) {
	if f.in, err = object.Read(drawn); err != nil {
		return 0, 0, fmt.Errorf("fpdf's file: %w", err)
	}
	if err := only(f.in.Trailer, "Size", "Root", "Info"); err != nil {
		return 0, 0, fmt.Errorf("fpdf's trailer: %w", err)
	}
	catalog, err := f.dict(f.in.Trailer["Root"], "Type", "Pages", "Names")
	if err != nil {
		return 0, 0, fmt.Errorf("fpdf's catalog: %w", err)
	}
	names, err := f.dict(catalog["Names"], "EmbeddedFiles")
	if err != nil {
		return 0, 0, fmt.Errorf("fpdf's names: %w", err)
	}
	if files, err := f.dict(names["EmbeddedFiles"], "Names"); err != nil || len(files) > 0 && len(files["Names"].(object.Array)) > 0 {
		return 0, 0, fmt.Errorf("fpdf's file has files in it: %v", err)
	}
	f.conforms = f.claims()
	root = f.out.Reserve()
	f.reserve()
	pages, err := f.tree(catalog["Pages"])
	if err != nil {
		return 0, 0, err
	}
	dict := object.Dict{
		"Type":              object.Name("Catalog"),
		"Pages":             pages,
		"ViewerPreferences": object.Dict{"DisplayDocTitle": true},
		"MarkInfo":          object.Dict{"Marked": true},
		"StructTreeRoot":    f.structure(),
		"OutputIntents":     object.Array{f.intent()},
		"Metadata": f.out.Add(&object.Stream{
			Dict: object.Dict{"Type": object.Name("Metadata"), "Subtype": object.Name("XML")},
			Data: xmp(f.edition, f.conforms), Plain: true, // catalogues look for it with tools that know no PDF
		}),
	}
	if tag := f.doc.Meta.Lang; plainTag(tag) {
		dict["Lang"] = object.String(tag)
	}
	if len(f.pen.book.Bookmarks) > 0 {
		dict["Outlines"] = f.outlines()
		dict["PageMode"] = object.Name("UseOutlines")
	}
	f.out.Set(root, dict)
	return root, f.out.Add(information(&f.doc.Meta)), nil
}

// dict is a dictionary of fpdf's file that may have these keys.
func (f *finisher) dict(o any, keys ...object.Name) (object.Dict, error) {
	o, err := f.in.Get(o)
	if err != nil {
		return nil, err
	}
	d, ok := o.(object.Dict)
	if !ok {
		return nil, fmt.Errorf("%T where a dictionary belongs", o)
	}
	return d, only(d, keys...)
}

// only is an error if d has other keys than these.
func only(d object.Dict, keys ...object.Name) error {
	for _, k := range slices.Sorted(maps.Keys(d)) {
		if !slices.Contains(keys, k) {
			return fmt.Errorf("an unknown key %s", k)
		}
	}
	return nil
}

// tree makes the tree of pages.
func (f *finisher) tree(o any) (object.Ref, error) {
	old, err := f.dict(o, "Type", "Kids", "Count", "MediaBox")
	if err != nil {
		return 0, fmt.Errorf("fpdf's pages: %w", err)
	}
	kids, ok := old["Kids"].(object.Array)
	if !ok || len(kids) != len(f.pen.book.Pages) || old["Count"] != len(kids) {
		return 0, fmt.Errorf("fpdf's file has %d pages, the layout %d", len(kids), len(f.pen.book.Pages))
	}
	tree := f.out.Reserve()
	f.page = make(map[object.Ref]object.Ref, len(kids))
	var all object.Array
	for i, kid := range kids {
		r, ok := kid.(object.Ref)
		if !ok {
			return 0, fmt.Errorf("fpdf's page %d is %T", i+1, kid)
		}
		f.page[r] = f.out.Reserve()
		f.pages = append(f.pages, f.page[r])
		all = append(all, f.page[r])
	}
	var resources object.Ref
	var theirs any
	for i, kid := range kids {
		page, err := f.dict(kid, "Type", "Parent", "Resources", "Annots", "Contents")
		if err != nil {
			return 0, fmt.Errorf("fpdf's page %d: %w", i+1, err)
		}
		if theirs == nil {
			theirs = page["Resources"]
			if resources, err = f.resources(theirs); err != nil {
				return 0, err
			}
		} else if theirs != page["Resources"] {
			return 0, fmt.Errorf("fpdf's page %d has resources of its own", i+1)
		}
		if err := f.onePage(i, page, tree, resources); err != nil {
			return 0, fmt.Errorf("fpdf's page %d: %w", i+1, err)
		}
	}
	f.out.Set(tree, object.Dict{"Type": object.Name("Pages"), "Kids": all, "Count": len(all), "MediaBox": old["MediaBox"]})
	return tree, nil
}

func (f *finisher) onePage(i int, old object.Dict, tree, resources object.Ref) error {
	o, err := f.in.Get(old["Contents"])
	if err != nil {
		return err
	}
	contents, ok := o.(*object.Stream)
	if !ok || len(contents.Dict) > 0 {
		return fmt.Errorf("contents of another form")
	}
	page := object.Dict{
		"Type":      object.Name("Page"),
		"Parent":    tree,
		"Resources": resources,
		"Contents":  f.out.Add(&object.Stream{Data: contents.Data}),
	}
	annots, _ := old["Annots"].(object.Array)
	if len(annots) != len(f.pen.annots[i]) {
		return fmt.Errorf("it has %d links, the layout %d", len(annots), len(f.pen.annots[i]))
	}
	if len(f.pen.tree.owners[i]) > 0 {
		page["StructParents"] = i
	}
	if len(annots) > 0 {
		var refs object.Array
		for k, a := range annots {
			d, err := f.dict(a, "Type", "Subtype", "Rect", "Border", "A", "Dest")
			if err != nil {
				return fmt.Errorf("link %d: %w", k+1, err)
			}
			if d["Dest"] != nil {
				if d["Dest"], err = f.dest(d["Dest"]); err != nil {
					return fmt.Errorf("link %d: %w", k+1, err)
				}
			}
			link := &f.pen.annots[i][k]
			d["F"] = 4 // it is printed
			d["Contents"] = object.Text(link.Spoken)
			r := f.out.Add(d)
			refs = append(refs, r)
			if d["StructParent"], err = f.area(link.Elem, r, f.pages[i]); err != nil {
				return fmt.Errorf("link %d: %w", k+1, err)
			}
		}
		page["Annots"] = refs
		page["Tabs"] = object.Name("S")
	}
	f.out.Set(f.pages[i], page)
	return nil
}

// dest is a place that fpdf wrote, with its page in the new file.
func (f *finisher) dest(o any) (object.Array, error) {
	a, ok := o.(object.Array)
	if !ok || len(a) != 5 || a[1] != object.Name("XYZ") {
		return nil, fmt.Errorf("a place of another form")
	}
	r, _ := a[0].(object.Ref)
	page, ok := f.page[r]
	if !ok {
		return nil, fmt.Errorf("a place on no page")
	}
	return object.Array{page, a[1], a[2], a[3], a[4]}, nil
}

// resources puts the real fonts and images in the place of fpdf's.
func (f *finisher) resources(o any) (object.Ref, error) {
	old, err := f.dict(o, "ProcSet", "Font", "XObject", "ColorSpace")
	if err == nil && len(asDict(old["ColorSpace"])) > 0 {
		err = fmt.Errorf("spaces of colours") // fpdf writes an empty list always
	}
	if err != nil {
		return 0, fmt.Errorf("fpdf's resources: %w", err)
	}
	coders := make(map[object.Name]*coder)
	for _, c := range f.pen.coders { // in any order: a map is made of them
		coders[object.Name(c.name)] = c
	}
	all := object.Dict{}
	put := func(kind object.Name, make func(o any) (object.Ref, error)) error {
		stubs := asDict(old[kind])
		real := object.Dict{}
		for _, name := range slices.Sorted(maps.Keys(stubs)) {
			var err error
			if real[name], err = make(stubs[name]); err != nil {
				return err
			}
		}
		if len(real) > 0 {
			all[kind] = real
		}
		return nil
	}
	err = put("Font", func(o any) (object.Ref, error) {
		stub, err := f.dict(o, "Type", "Subtype", "BaseFont", "Encoding")
		if err != nil {
			return 0, fmt.Errorf("fpdf's font: %w", err)
		}
		name, _ := stub["BaseFont"].(object.Name)
		coder, ok := coders[name]
		if !ok {
			return 0, fmt.Errorf("fpdf's font %v is none of ours", stub["BaseFont"])
		}
		return embed(&f.out, coder.subset)
	})
	if err != nil {
		return 0, err
	}
	err = put("XObject", func(o any) (object.Ref, error) {
		o, err := f.in.Get(o)
		if err != nil {
			return 0, err
		}
		stub, ok := o.(*object.Stream)
		if !ok {
			return 0, fmt.Errorf("fpdf's image is %T", o)
		}
		number, _ := stub.Dict["Width"].(int)
		if number < 1 || number > len(f.pen.images) || len(stub.Data) > 0 {
			return 0, fmt.Errorf("fpdf's image %v is none of ours", stub.Dict["Width"])
		}
		return f.image(f.pen.images[number-1])
	})
	if err != nil {
		return 0, err
	}
	return f.out.Add(all), nil
}

// asDict is o if it is a dictionary, and an empty one if not.
func asDict(o any) object.Dict {
	d, _ := o.(object.Dict)
	return d
}

// outlines adds the outline of the book, all of its entries open. Source:
// ISO 32000-1, 12.3.3.
func (f *finisher) outlines() object.Ref {
	book := f.pen.book
	root := f.out.Reserve()
	refs := make([]object.Ref, len(book.Bookmarks))
	dicts := make([]object.Dict, len(book.Bookmarks))
	for i := range refs {
		refs[i] = f.out.Reserve()
	}
	top := object.Dict{"Type": object.Name("Outlines"), "Count": len(refs)}
	type level struct {
		ref  object.Ref
		dict object.Dict
		from int // index of its first entry
		last int // index of the last of its entries so far; -1 for none
	}
	path := []level{{root, top, 0, -1}} // from the root to where the next entry may go
	shut := func(next int) {
		l := path[len(path)-1]
		path = path[:len(path)-1]
		if l.last >= 0 {
			l.dict["Last"] = refs[l.last]
			l.dict["Count"] = next - l.from
		}
	}
	for i, m := range book.Bookmarks {
		for len(path) > m.Level+1 {
			shut(i)
		}
		parent := &path[len(path)-1]
		place := book.Dests[m.Dest]
		y := string(appendPoints(nil, book.Height-place.Y))
		d := object.Dict{
			"Title":  object.Text(m.Title),
			"Parent": parent.ref,
			"Dest":   object.Array{f.pages[place.Page], object.Name("XYZ"), 0, object.Real(y), nil},
		}
		if parent.last < 0 {
			parent.dict["First"] = refs[i]
		} else {
			d["Prev"] = refs[parent.last]
			dicts[parent.last]["Next"] = refs[i]
		}
		parent.last = i
		dicts[i] = d
		path = append(path, level{refs[i], d, i + 1, -1})
	}
	for len(path) > 0 {
		shut(len(refs))
	}
	for i, r := range refs {
		f.out.Set(r, dicts[i])
	}
	f.out.Set(root, top)
	return root
}

package pdf

import (
	"encoding/binary"
	"math/big"
	"testing"
)

// The curve is that of sRGB, to the last digit: x/12.92 up to 0.04045, and
// ((x+0.055)/1.055)^2.4 above, rounded.
func TestCurve(t *testing.T) {
	const last = int64(len(curve) - 1)
	for i, got := range curve {
		if n := int64(i); n*100000 <= last*4045 {
			// 65535 n/last / 12.92, rounded
			if want := (2*65535*n*100 + last*1292) / (2 * last * 1292); int64(got) != want {
				t.Errorf("%d: %d, want %d", i, got, want)
			}
			continue
		}
		// y is right when y-1/2 <= 65535 (a/b)^(12/5) < y+1/2, that is, when
		// (2y-1)^5 b^12 <= (2*65535)^5 a^12 < (2y+1)^5 b^12.
		a, b := big.NewInt(1000*int64(i)+55*last), big.NewInt(1055*last)
		power := func(x *big.Int, n int64) *big.Int { return new(big.Int).Exp(x, big.NewInt(n), nil) }
		middle := new(big.Int).Mul(power(big.NewInt(2*65535), 5), power(a, 12))
		bound := func(y int64) *big.Int { return new(big.Int).Mul(power(big.NewInt(y), 5), power(b, 12)) }
		if y := int64(got); bound(2*y-1).Cmp(middle) > 0 || middle.Cmp(bound(2*y+1)) >= 0 {
			t.Errorf("%d: %d is not the nearest", i, got)
		}
	}
	if curve[0] != 0 || curve[last] != 65535 {
		t.Error("the curve does not go from 0 to 1")
	}
}

// The profile is as long as it says, its tags lie within it, and its colours
// add up to its white.
func TestProfile(t *testing.T) {
	b := profile()
	u32 := func(at int) int { return int(int32(binary.BigEndian.Uint32(b[at:]))) }
	if u32(0) != len(b) || string(b[12:24]) != "mntrRGB XYZ " || string(b[36:40]) != "acsp" || b[8] != 2 {
		t.Errorf("the header %q", b[:128])
	}
	tags := map[string]int{}
	for i := range u32(128) {
		entry := 132 + 12*i
		at, size := u32(entry+4), u32(entry+8)
		if at%4 != 0 || at < 132 || at+size > len(b) {
			t.Errorf("tag %q at %d has %d bytes of %d", b[entry:entry+4], at, size, len(b))
		}
		tags[string(b[entry:entry+4])] = at
	}
	for _, want := range []string{"desc", "cprt", "wtpt", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"} {
		if tags[want] == 0 {
			t.Errorf("no tag %s", want)
		}
	}
	for i := range 3 {
		sum := u32(tags["rXYZ"]+8+4*i) + u32(tags["gXYZ"]+8+4*i) + u32(tags["bXYZ"]+8+4*i)
		if white := u32(tags["wtpt"] + 8 + 4*i); max(sum-white, white-sum) > 16 {
			t.Errorf("the colours add up to %d, white is %d", sum, white)
		}
	}
}

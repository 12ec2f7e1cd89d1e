package scene

import (
	"math"
	"slices"
)

// bush is a heap of leaves.
func (v *view) bush(x, y, r float32, c rgb) {
	for range 16 {
		dx, dy := between(v.place, -r, r), between(v.place, -r*.75, r*.2)
		leaf := c.scale(between(v.place, .8, 1.25))
		v.fill(ellipse(x+dx, y+dy, r*between(v.place, .25, .5), r*between(v.place, .2, .4)), v.foliage(leaf), .96)
	}
}

func (v *view) foliage(c rgb) ink {
	return func(x, y float32) rgb { return c.scale(.72 + .56*v.noise.rough(x/7, y/6)) }
}

// trees stand at the sides, so that the middle stays open.
func (v *view) trees(n int) {
	for i := range n {
		x := between(v.place, -.04, .24) * Width
		if i%2 == 1 {
			x = Width - x
		}
		y := v.near + between(v.place, 20, 190)
		v.tree(x, y, v.depth(y)*between(v.place, .9, 1.3))
	}
}

func (v *view) tree(x, y, d float32) {
	height := 480 * d
	v.shadow(x+30*d, y, 120*d, 20*d)
	v.fill([]point{{x - 20*d, y}, {x - 9*d, y - height*.62}, {x + 9*d, y - height*.62}, {x + 22*d, y}},
		func(px, py float32) rgb { return hex(0x7a6047).scale(.75 + .5*v.noise.rough(px/4, py/22)) }, 1)
	green := pick(v.place, 0x4f8236, 0x5b8f3d, 0x446f39)
	for i := range 34 {
		a := float64(v.place.Float32()) * 2 * math.Pi
		r := between(v.place, 0, 1)
		cx := x + float32(math.Cos(a))*r*165*d
		cy := y - height*.8 + float32(math.Sin(a))*r*130*d
		tone := green.scale(.72 + .5*clamp((y-height*.45-cy)/(height*.7)) + .012*float32(i%5))
		v.fill(ellipse(cx, cy, between(v.place, 42, 72)*d, between(v.place, 32, 54)*d), v.foliage(tone), .97)
	}
}

// palm is a coconut palm leaning towards the sea.
func (v *view) palm(x, y float32) {
	d := v.depth(y)
	lean := between(v.place, -70, 70) * d
	top := point{x + lean, y - 470*d}
	v.shadow(x+20*d, y, 90*d, 14*d)
	var left, right []point
	for i := range 12 {
		t := float32(i) / 11
		px, py := x+lean*t*t, y+(top.y-y)*t
		w := (13 - 6*t) * d
		left = append(left, point{px - w, py})
		right = append([]point{{px + w, py}}, right...)
	}
	v.fill(append(left, right...), func(px, py float32) rgb { return hex(0x8d7557).scale(.78 + .44*v.noise.rough(px/9, py/5)) }, 1)
	for range 11 {
		a := between(v.place, math.Pi*.95, math.Pi*2.05)
		length := between(v.place, 150, 215) * d
		s64, k64 := math.Sincos(float64(a))
		dx, dy := float32(k64), float32(s64)
		tip := point{top.x + dx*length, top.y + dy*length*.55 + length*.42}
		mid := point{top.x + dx*length*.55, top.y + dy*length*.6 - length*.04}
		w := 17 * d
		v.fill([]point{top, {mid.x, mid.y - w}, tip, {mid.x, mid.y + w}}, v.foliage(pick(v.place, 0x4b7d36, 0x5f9445, 0x3f6c33)), 1)
	}
	for range 3 {
		v.fill(ellipse(top.x+between(v.place, -14, 14)*d, top.y+14*d, 11*d, 12*d), flat(hex(0x8c7b3a)), 1)
	}
}

// houses stand along the horizon.
func (v *view) houses(n int) {
	x := between(v.place, -40, 60)
	for range n {
		w, h := between(v.place, 90, 190), between(v.place, 60, 170)
		wall := pick(v.place, 0xf0dfb8, 0xe7cfa0, 0xdfe3da, 0xf3ead7, 0xd8b98f, 0xc9d8d4)
		base := v.horizon + 8
		v.fill([]point{{x, base - h}, {x + w, base - h}, {x + w, base}, {x, base}},
			func(px, py float32) rgb { return wall.scale(.9 + .14*v.noise.rough(px/30, py/20)) }, 1)
		roof := pick(v.place, 0xb05a3c, 0x9c4a35, 0x8a6a5a, 0x7d8c94)
		v.fill([]point{{x - 8, base - h}, {x + w*.5, base - h - between(v.place, 18, 46)}, {x + w + 8, base - h}}, flat(roof), 1)
		for wy := base - h + 16; wy < base-26; wy += 36 {
			for wx := x + 14; wx < x+w-24; wx += 38 {
				v.fill([]point{{wx, wy}, {wx + 18, wy}, {wx + 18, wy + 22}, {wx, wy + 22}}, flat(hex(0x4f6470)), .85)
			}
		}
		x += w + between(v.place, 0, 90)
	}
}

// litter strews n things over the ground, the nearer the larger.
func (v *view) litter(n int, size float32) {
	ys := make([]float32, n)
	for i := range ys {
		t := v.detail.Float32()
		ys[i] = v.near + 26 + (Height-v.near-40)*t
	}
	slices.Sort(ys) // far things first, so that near ones cover them
	for _, y := range ys {
		x := between(v.detail, 10, Width-10)
		if v.detail.Float32() < .6 { // it gathers in heaps
			x = Width*.5 + (x-Width*.5)*.55
		}
		d := v.depth(y) * size
		switch kind := v.detail.Float32(); {
		case kind < v.spot.Rubble:
			v.rubble(x, y, d)
		case kind < v.spot.Rubble+v.spot.Green:
			v.branches(x, y, d)
		case kind < .55+.2*v.spot.Rubble:
			v.plasticBag(x, y, d)
		case kind < .85:
			v.bottle(x, y, d)
		default:
			v.paper(x, y, d)
		}
	}
}

func (v *view) plasticBag(x, y, d float32) {
	r := between(v.detail, 20, 40) * d
	c := pick(v.detail, 0xf4f4f0, 0xe8eef2, 0xd94f5c, 0xf2b2c4, 0x6fa8d8, 0xf0d65a, 0x7cc08a, 0xe9e4dc)
	v.shadow(x+r*.2, y+r*.35, r*1.1, r*.35)
	shape := make([]point, 13)
	for i := range shape {
		a := 2 * math.Pi * float64(i) / float64(len(shape))
		k := between(v.detail, .6, 1.1)
		s, cs := math.Sincos(a)
		shape[i] = point{x + r*k*float32(cs), y + r*k*.62*float32(s)}
	}
	v.fill(shape, func(px, py float32) rgb {
		fold := v.noise.rough(px/(9*d+1), py/(6*d+1))
		return c.scale(.72 + .5*fold - .2*clamp((py-y)/r))
	}, .97)
	v.fill([]point{{x - r*.3, y - r*.5}, {x - r*.1, y - r*.95}, {x + r*.12, y - r*.5}}, flat(c.scale(.95)), .9)
}

func (v *view) bottle(x, y, d float32) {
	length, w := between(v.detail, 44, 62)*d, between(v.detail, 15, 19)*d
	angle := between(v.detail, -.9, .9)
	s64, k64 := math.Sincos(float64(angle))
	s, k := float32(s64), float32(k64)
	c := pick(v.detail, 0xbfe0ea, 0xa8d8b9, 0xcfe6f2, 0x9cc7a0, 0xd9ecec)
	v.shadow(x, y+w*.5, length*.55, w*.5)
	v.fill(turned(x, y, length, w, angle), flat(c), .85)
	v.fill(ellipse(x-k*length*.5, y-s*length*.5, w*.5, w*.5), flat(c), .85)
	v.fill(turned(x+k*length*.58, y+s*length*.58, length*.22, w*.5, angle), flat(c.scale(.95)), .9)
	v.fill(turned(x+k*length*.7, y+s*length*.7, length*.09, w*.55, angle), flat(pick(v.detail, 0x2f6fb0, 0xd0463b, 0xf4f4f4, 0x2f8f4e)), 1)
	v.fill(turned(x-k*length*.05, y-s*length*.05, length*.34, w*.98, angle), flat(pick(v.detail, 0xe45b4f, 0x3c7fc0, 0xf0c443, 0x4aa564)), .8)
	v.fill(turned(x+s*w*.22, y-k*w*.22, length*.8, w*.14, angle), flat(hex(0xffffff)), .5)
}

func (v *view) paper(x, y, d float32) {
	w := between(v.detail, 18, 40) * d
	c := pick(v.detail, 0xf6f2e6, 0xe2d0a8, 0xcda26a, 0xfafafa, 0xb98d5c)
	v.shadow(x, y+w*.2, w*.6, w*.2)
	v.fill(turned(x, y, w, w*between(v.detail, .4, .8), between(v.detail, -1, 1)), func(px, py float32) rgb {
		return c.scale(.82 + .3*v.noise.rough(px/6, py/5))
	}, .97)
}

func (v *view) rubble(x, y, d float32) {
	for range 3 {
		cx, cy := x+between(v.detail, -34, 34)*d, y+between(v.detail, -10, 10)*d
		r := between(v.detail, 14, 34) * d
		c := pick(v.detail, 0xa09a90, 0x8b857c, 0xb56a4d, 0xc0b6a6, 0x77726b)
		v.shadow(cx, cy+r*.5, r, r*.35)
		shape := make([]point, 6)
		for i := range shape {
			s, k := math.Sincos(2 * math.Pi * float64(i) / 6)
			q := between(v.detail, .75, 1.1)
			shape[i] = point{cx + r*q*float32(k), cy + r*q*.72*float32(s)}
		}
		v.fill(shape, func(px, py float32) rgb { return c.scale(.8 + .3*v.noise.rough(px/5, py/4) - .25*clamp((py-cy)/r)) }, 1)
	}
}

func (v *view) branches(x, y, d float32) {
	v.shadow(x, y+8*d, 46*d, 12*d)
	for range 9 {
		a := between(v.detail, -.7, .7)
		v.fill(turned(x+between(v.detail, -26, 26)*d, y+between(v.detail, -10, 8)*d, between(v.detail, 34, 74)*d, 4*d, a),
			flat(pick(v.detail, 0x6d5637, 0x7e6641, 0x5c4a30)), 1)
	}
	for range 12 {
		v.fill(ellipse(x+between(v.detail, -40, 40)*d, y+between(v.detail, -16, 8)*d, 12*d, 7*d), flat(pick(v.detail, 0x6f7f3a, 0x8a7f3c, 0x557233)), .95)
	}
}

// bags stand in a row at the side: what was collected.
func (v *view) bags(n int) {
	base := v.near + (Height-v.near)*.34
	for i := range n {
		row := i % 2
		y := base + float32(row)*44 + between(v.detail, -6, 6)
		d := v.depth(y)
		x := (130 + float32(i/2)*78 + float32(row)*36) * (.6 + .5*d)
		if !v.left {
			x = Width - x
		}
		r := between(v.detail, 42, 56) * d
		c := pick(v.detail, 0x2f6b46, 0x3a3f45, 0x2d6ca2, 0x3a3f45, 0x3c7d4f)
		v.shadow(x, y+r*.75, r*1.1, r*.28)
		shape := make([]point, 18)
		for j := range shape {
			s, k := math.Sincos(2 * math.Pi * float64(j) / float64(len(shape)))
			q := between(v.detail, .93, 1.06)
			shape[j] = point{x + r*.86*q*float32(k), y + r*q*float32(s)*.9}
		}
		v.fill(shape, func(px, py float32) rgb {
			shine := v.noise.rough(px/11, py/17)
			return c.scale(.7 + .75*shine*shine + .35*clamp((y-r*.2-py)/r))
		}, 1)
		v.fill([]point{{x - r*.14, y - r*.78}, {x - r*.26, y - r*1.22}, {x, y - r*1.05}, {x + r*.26, y - r*1.24}, {x + r*.14, y - r*.78}}, flat(c.scale(.95)), 1)
	}
}

// people wear green shirts and conical hats; nobody has a face.
func (v *view) people(n int, working bool) {
	for i := range n {
		x := Width*(.3+.5*(float32(i)+.5)/float32(n)) + between(v.detail, -30, 30)
		y := v.near + (Height-v.near)*between(v.detail, .16, .5)
		if !working {
			y = v.near + (Height-v.near)*(.3+.05*float32(i%2))
		}
		v.figure(x, y, v.depth(y)*.86, working && i%2 == 0)
	}
}

func (v *view) figure(x, y, d float32, bending bool) {
	shirt := pick(v.detail, 0x2f9e57, 0x37a862, 0x2b8c4d, 0x2f9e57, 0x2563a8)
	trousers := pick(v.detail, 0x37404f, 0x4b4f57, 0x2e3a4a)
	skin := hex(0xb98a68)
	v.shadow(x, y, 44*d, 10*d)
	v.fill([]point{{x - 20*d, y}, {x - 17*d, y - 92*d}, {x - 1*d, y - 92*d}, {x - 6*d, y}}, flat(trousers), 1)
	v.fill([]point{{x + 6*d, y}, {x + 1*d, y - 92*d}, {x + 17*d, y - 92*d}, {x + 20*d, y}}, flat(trousers.scale(.9)), 1)
	lean := float32(0)
	if bending {
		lean = 58 * d
	}
	shoulder := point{x + lean, y - 178*d + lean*.75}
	v.fill([]point{
		{x - 19*d, y - 88*d},
		{shoulder.x - 25*d, shoulder.y + 8*d},
		{shoulder.x - 10*d, shoulder.y - 6*d},
		{shoulder.x + 12*d, shoulder.y - 6*d},
		{shoulder.x + 26*d, shoulder.y + 8*d},
		{x + 19*d, y - 88*d},
	},
		func(px, py float32) rgb { return shirt.scale(.86 + .3*v.noise.rough(px/10, py/12)) }, 1)
	for _, side := range []float32{-1, 1} {
		hand := point{shoulder.x + side*36*d + lean*.5, shoulder.y + 78*d + lean*.4}
		v.fill([]point{{shoulder.x + side*16*d, shoulder.y}, {shoulder.x + side*27*d, shoulder.y + 6*d}, {hand.x + 5*d, hand.y}, {hand.x - 6*d, hand.y}}, flat(shirt.scale(.92)), 1)
		v.fill(ellipse(hand.x, hand.y+4*d, 8*d, 9*d), flat(hex(0xd9d7c9)), 1) // work gloves
	}
	head := point{shoulder.x + lean*.22, shoulder.y - 24*d + lean*.1}
	v.fill(ellipse(head.x, head.y, 14*d, 17*d), flat(skin), 1)
	v.fill([]point{{head.x - 42*d, head.y - 1*d}, {head.x, head.y - 42*d}, {head.x + 42*d, head.y - 1*d}},
		func(px, _ float32) rgb { return hex(0xead9a8).scale(.84 + .32*clamp((head.x+42*d-px)/(84*d))) }, 1)
	v.fill(ellipse(head.x, head.y-1*d, 42*d, 6*d), flat(hex(0xcdb882)), 1)
}

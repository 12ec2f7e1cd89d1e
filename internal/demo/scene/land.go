package scene

func (v *view) sky() {
	zenith := pick(v.place, 0x6fa9d6, 0x84b4d8, 0x7cb7c9, 0x93b6cf)
	haze := pick(v.place, 0xf3e6cf, 0xf6ead8, 0xe9eee6, 0xf7dfc3)
	sunX := between(v.place, .1, .9) * Width
	v.fill([]point{{0, 0}, {Width, 0}, {Width, v.horizon + 12}, {0, v.horizon + 12}}, func(x, y float32) rgb {
		c := zenith.mix(haze, clamp(y/v.horizon))
		cloud := clamp((v.noise.rough(x/210, y/75)-.5)*3.2) * clamp(1.25-y/v.horizon)
		c = c.mix(hex(0xffffff), cloud*.75)
		dx, dy := (x-sunX)/Width, (y-v.horizon*.7)/Height
		return c.mix(hex(0xfff3d0), .5/(1+(dx*dx+dy*dy)*14))
	}, 1)
}

// ridge paints hills up to the horizon.
func (v *view) ridge(height, scale float32, c rgb) {
	shift := v.place.Float32() * 100
	shape := []point{{0, v.horizon + 4}}
	for x := float32(0); x <= Width; x += 8 {
		shape = append(shape, point{x, v.horizon - height*v.noise.rough(x/scale+shift, shift)})
	}
	shape = append(shape, point{Width, v.horizon + 4})
	v.fill(shape, vertical(c, c.mix(hex(0xe8ead9), .45), v.horizon-height, v.horizon+4), 1)
}

func (v *view) hills() {
	v.ridge(190, 260, hex(0x9fb7b9))
	v.ridge(120, 170, hex(0x7f9f8f))
	v.ridge(60, 90, hex(0x6b8d68))
}

// water fills from the horizon down to y1 with ripples.
func (v *view) water(y1 float32, far, near rgb) {
	v.fill([]point{{0, v.horizon}, {Width, v.horizon}, {Width, y1}, {0, y1}}, func(x, y float32) rgb {
		t := clamp((y - v.horizon) / (y1 - v.horizon))
		ripple := v.noise.rough(x/(30+120*t), y/(2.5+7*t)) - .5
		return far.mix(near, t).scale(1 + ripple*.34)
	}, 1)
}

// ground fills from a wavy edge down with a colour and the texture of soil.
func (v *view) ground(edge float32, wave float32, far, near rgb, grain float32) {
	v.near = edge
	shift := v.place.Float32() * 50
	shape := []point{{0, Height}}
	for x := float32(0); x <= Width; x += 10 {
		shape = append(shape, point{x, edge + wave*(v.noise.rough(x/240+shift, 3)-.5)*2})
	}
	shape = append(shape, point{Width, Height})
	v.fill(shape, func(x, y float32) rgb {
		t := clamp((y - edge) / (Height - edge))
		d := 2 + 16*t
		n := v.noise.rough(x/d, y/(d*.45)) - .5
		patch := v.noise.rough(x/190, y/70) - .5
		return far.mix(near, t).scale(1 + n*grain + patch*.22)
	}, 1)
}

func (v *view) beach() {
	v.ridge(70, 300, hex(0xa5bcc4))
	shore := v.horizon + 130
	v.water(shore+60, hex(0x5d97a8), hex(0x9cc9c6))
	v.ground(shore, 26, hex(0xe3d2a8), hex(0xd2b581), .16)
	v.fill([]point{{0, shore - 16}, {Width, shore - 22}, {Width, shore + 6}, {0, shore + 2}}, func(x, y float32) rgb {
		return hex(0xffffff).mix(hex(0xd8e7e2), v.noise.rough(x/30, y/6))
	}, .5)
	for range 2 + v.place.IntN(3) {
		x := between(v.place, 0, .32) * Width
		if v.place.IntN(2) == 0 {
			x = Width - x
		}
		v.palm(x, shore+between(v.place, 60, 240))
	}
}

func (v *view) riverbank() {
	v.hills()
	bank := v.horizon + 190
	v.water(bank+40, hex(0x8fb0ab), hex(0x7d9c86))
	for x := float32(-20); x < Width; x += between(v.place, 26, 60) {
		v.bush(x, v.horizon+6, between(v.place, 16, 34), hex(0x5d7f4c))
	}
	v.ground(bank, 40, hex(0x90a45b), hex(0x87834c), .34)
	v.trees(2 + v.place.IntN(3))
}

func (v *view) canal() {
	v.hills()
	v.houses(5)
	edge := v.horizon + 330
	v.water(edge+60, hex(0x7f9587), hex(0x6b7d62))
	v.ground(edge, 18, hex(0xb5ae98), hex(0x9d937d), .2)
	v.trees(1 + v.place.IntN(2))
}

// hyacinth covers the canal until it is pulled out.
func (v *view) hyacinth(phase Phase) {
	cover := map[Phase]int{Before: 46, During: 18}[phase]
	for range cover {
		x, y := between(v.detail, .16, .84)*Width, between(v.detail, v.horizon+50, v.near-34)
		d := v.depth(y)
		for range 14 {
			green := pick(v.detail, 0x4e8a3e, 0x5c9b45, 0x3f7735, 0x73ab52)
			v.fill(ellipse(x+between(v.detail, -75, 75)*d, y+between(v.detail, -16, 16)*d, 26*d, 13*d), flat(green), .95)
		}
		if v.detail.IntN(3) == 0 {
			v.fill(ellipse(x, y-14*d, 8*d, 12*d), flat(hex(0xb79ad6)), .95)
		}
	}
}

func (v *view) street() {
	v.ridge(40, 200, hex(0x93ac96))
	v.houses(8)
	v.ground(v.horizon+4, 2, hex(0x9aa08f), hex(0x8b8b7e), .14)
	vanish := Width * between(v.place, .35, .65)
	road := []point{{vanish - 20, v.horizon + 4}, {vanish + 20, v.horizon + 4}, {vanish + 620, Height}, {vanish - 560, Height}}
	v.fill(road, func(x, y float32) rgb {
		return hex(0x8a8a88).mix(hex(0x6e6e6e), clamp((y-v.horizon)/(Height-v.horizon))).scale(.94 + .12*v.noise.rough(x/7, y/4))
	}, 1)
	for i := range 7 { // the broken line in the middle
		t0, t1 := float32(i)/7, (float32(i)+.5)/7
		y0, y1 := v.horizon+4+(Height-v.horizon)*t0*t0, v.horizon+4+(Height-v.horizon)*t1*t1
		v.fill([]point{
			{vanish - 2 - 6*t0 + 30*t0*t0, y0},
			{vanish + 2 + 6*t0 + 30*t0*t0, y0},
			{vanish + 3 + 9*t1 + 30*t1*t1, y1},
			{vanish - 3 - 9*t1 + 30*t1*t1, y1},
		}, flat(hex(0xf1efe3)), .85)
	}
	v.trees(3 + v.place.IntN(3))
}

func (v *view) park() {
	v.hills()
	v.houses(3)
	for x := float32(-20); x < Width; x += between(v.place, 50, 110) {
		v.bush(x, v.horizon+20, between(v.place, 34, 70), hex(0x55803f))
	}
	v.ground(v.horizon+24, 8, hex(0x9dbb62), hex(0x6f9641), .3)
	v.fill([]point{{Width * .42, v.horizon + 30}, {Width * .47, v.horizon + 30}, {Width * .86, Height}, {Width * .3, Height}},
		func(x, y float32) rgb { return hex(0xd9c9a3).scale(.93 + .14*v.noise.rough(x/9, y/5)) }, 1)
	v.trees(4 + v.place.IntN(3))
}

package scene

import "math/rand/v2"

// noise is a tile of random values that repeats; sampled at several scales it gives clouds, soil, ripples and foliage.
type noise struct{ tile [tileSize * tileSize]float32 }

const tileSize = 256

func newNoise(r *rand.Rand) *noise {
	n := &noise{}
	for i := range n.tile {
		n.tile[i] = r.Float32()
	}
	return n
}

func (n *noise) cell(x, y int) float32 {
	return n.tile[(y&(tileSize-1))*tileSize+x&(tileSize-1)]
}

// smooth is the value between the cells, without visible corners.
func (n *noise) smooth(x, y float32) float32 {
	x, y = x+1e5, y+1e5 // floor of a negative is not its truncation
	ix, iy := int(x), int(y)
	fx, fy := x-float32(ix), y-float32(iy)
	fx, fy = fx*fx*(3-2*fx), fy*fy*(3-2*fy)
	top := n.cell(ix, iy) + (n.cell(ix+1, iy)-n.cell(ix, iy))*fx
	bottom := n.cell(ix, iy+1) + (n.cell(ix+1, iy+1)-n.cell(ix, iy+1))*fx
	return top + (bottom-top)*fy
}

// rough adds three finer layers, each half as strong; the result lies between 0 and 1.
func (n *noise) rough(x, y float32) float32 {
	return (n.smooth(x, y)*4 + n.smooth(x*2.1+17, y*2.1)*2 + n.smooth(x*4.3, y*4.3+31)) / 7
}

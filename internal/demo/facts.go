package demo

import (
	"sachhon/internal/geo"
	"sachhon/internal/waste"
)

// What was published of the challenge of June 2024. "More than 2,800" participants and "more than 80,000" kg of other
// waste are taken as the figures below.
const (
	collectives  = 64
	individuals  = 55
	created      = 84
	valid        = 65
	participants = 2826
)

// publishedKilos are the kilograms by type.
var publishedKilos = map[waste.Type]int64{
	waste.Organic: 51887, waste.Plastic: 375, waste.Metal: 37, waste.Construction: 80269,
	waste.Paper: 255, waste.Glass: 183, waste.Hazardous: 17, waste.Other: 80000,
}

// spotIn is a populated place of a unit, near which clean-ups are set.
type spotIn struct {
	code   string // of the unit
	centre geo.Point
	spread float64 // degrees around the centre
	share  int     // of the entrants, in parts of all shares
	places []string
}

// around are the district-level units, Hương Trà by its communes. The points are the seats, to two or three decimals.
var around = []spotIn{
	{"474", geo.Point{Lat: 16.466, Lon: 107.585}, .035, 34, []string{"Bờ sông Hương, đoạn công viên", "Bờ sông An Cựu", "Khu chợ và bến thuyền", "Tuyến đường quanh hồ", "Bãi biển phía đông thành phố"}},
	{"479", geo.Point{Lat: 16.405, Lon: 107.688}, .025, 12, []string{"Kênh thủy lợi qua tổ dân phố 4", "Khu vui chơi trẻ em của phường", "Tuyến đường vào khu công nghiệp"}},
	{"478", geo.Point{Lat: 16.44, Lon: 107.72}, .04, 11, []string{"Bãi biển thôn", "Bờ phá Tam Giang", "Chợ xã và bến đò"}},
	{"477", geo.Point{Lat: 16.575, Lon: 107.505}, .03, 9, []string{"Bờ phá Tam Giang", "Đê sông Bồ", "Tuyến đường liên thôn"}},
	{"476", geo.Point{Lat: 16.58, Lon: 107.365}, .04, 9, []string{"Bờ sông Ô Lâu", "Bãi biển xã", "Khu dân cư mới"}},
	{"482", geo.Point{Lat: 16.28, Lon: 107.88}, .045, 9, []string{"Bờ đầm Cầu Hai", "Bãi biển thôn", "Tuyến quốc lộ qua thị trấn"}},
	{"481", geo.Point{Lat: 16.235, Lon: 107.27}, .03, 5, []string{"Bờ suối đầu thị trấn", "Tuyến đường lên bản", "Chợ vùng cao"}},
	{"483", geo.Point{Lat: 16.14, Lon: 107.70}, .025, 4, []string{"Bờ suối gần chợ", "Tuyến đường vào thác", "Sân nhà văn hóa thôn"}},
	{"19996", geo.Point{Lat: 16.532, Lon: 107.466}, .008, 6, []string{"Bờ sông Bồ, đoạn cầu Tứ Hạ", "Chợ Tứ Hạ", "Kênh qua tổ dân phố 5"}},
	{"20008", geo.Point{Lat: 16.512, Lon: 107.447}, .008, 3, []string{"Bờ sông Bồ", "Đường liên tổ dân phố"}},
	{"20011", geo.Point{Lat: 16.52, Lon: 107.482}, .008, 3, []string{"Kênh thủy lợi", "Khu chợ phường"}},
	{"20017", geo.Point{Lat: 16.50, Lon: 107.497}, .008, 3, []string{"Đường ra đồng", "Hói làng"}},
	{"20020", geo.Point{Lat: 16.487, Lon: 107.52}, .008, 3, []string{"Tuyến đường qua trường học", "Bờ hói"}},
	{"20005", geo.Point{Lat: 16.507, Lon: 107.535}, .009, 3, []string{"Bờ sông Bồ, đoạn làng rau", "Chợ xã"}},
	{"20026", geo.Point{Lat: 16.385, Lon: 107.455}, .012, 2, []string{"Bờ hồ thủy điện", "Đường vào thôn"}},
	{"20035", geo.Point{Lat: 16.41, Lon: 107.43}, .012, 2, []string{"Khe suối đầu xã", "Sân bóng thôn"}},
	{"20041", geo.Point{Lat: 16.36, Lon: 107.49}, .012, 2, []string{"Bến sông Hữu Trạch", "Chợ xã"}},
}

// province is a box around Thừa Thiên Huế: points of clean-ups lie inside.
var province = geo.Box{West: 106.9, South: 15.9, East: 108.3, North: 16.85}

package evidence

import "sachhon/internal/waste"

// bound is what people can move in an hour.
type bound struct {
	types       []waste.Type // together
	ask, strong int64        // grams per person and hour
}

// bounds are our own proposal, held against published clean-ups:
//   - hand-picked litter: 0.4 kg per person and hour on the Perfume River (5/2025), 1 to 2 kg per person at Trash Hero
//     and Surfrider events, 12.7 by the winners of the SPOGOMI World Cup 2023, an extreme;
//   - green waste and rubble: 18.5 and 28.7 kg per person over whole events of the challenge of June 2024, where
//     tools and vehicles helped.
var bounds = []bound{
	{[]waste.Type{waste.Plastic, waste.Metal, waste.Paper, waste.Glass}, 6_000, 15_000},
	{[]waste.Type{waste.Organic}, 30_000, 80_000},
	{[]waste.Type{waste.Construction}, 60_000, 200_000},
}

const (
	hazardousAsk  = 20_000  // grams in all
	otherShareAsk = 60      // percent of the total
	roundStep     = 100_000 // grams
	roundAsk      = 3       // so many weights that are multiples of the step
)

package units

import (
	"context"
	"net/url"

	"sachhon/internal/letter"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

func sampleSend(ctx context.Context) sendView {
	tree := sampleTree()
	v := viewSend(ctx, tree, tree.GroupsOf(sampleID(1)), around(tree, sampleID(1)), form.New(url.Values{"groups": {string(sampleID(11)), string(sampleID(12))}}))
	v.Over, v.Lead, v.Action, v.Back = "1903/UBND-VH", ui.T(ctx, "units.send.lead", "Unit", sampleUnits[0].Organ()), "/gui", "#letter"
	v.SendButton = ui.ButtonProps{Kind: ui.ButtonPrimary, Text: ui.T(ctx, "units.send.now"), Icon: ui.IconSend}
	return v
}

// samplePass passes a letter on with the unit's own, which names somebody whom nobody knows, and gives a duty to another.
func samplePass(ctx context.Context) sendView {
	own := sampleLetter()
	a := addressed{
		tree: sampleTree(), found: []letter.Resolved{{Text: "Các hợp tác xã môi trường"}, {Text: "Báo Mẫu", Nobody: true, Said: true}},
		tasked: []letter.Resolved{{Text: "Các địa phương ven phá"}},
	}
	f := form.New(url.Values{"groups": {string(sampleID(11))}, "under": {string(own.ID)}})
	groups, units := a.offer(sampleUnits[0])
	v := viewSend(ctx, a.tree, groups, units, f)
	v.Asked, v.Tasked, v.Otherwise, v.Kept = viewAsked(ctx, f, a, groups, units)
	v.Over, v.Action, v.Back = "1518/KH-STTTT", "/chuyen-tiep", "#dispatch"
	v.Lead = ui.T(ctx, "units.forward.ownLead", "Unit", sampleUnits[0].Organ(), "Symbol", own.Symbol())
	v.Under, v.Letters = underField(ctx, f), underOptions(ctx, []letter.Letter{own})
	shown := string(own.ID)
	v.Shown = &shown
	v.SendButton = ui.ButtonProps{Kind: ui.ButtonPrimary, Text: ui.T(ctx, "units.forward.now"), Icon: ui.IconSend}
	return v
}

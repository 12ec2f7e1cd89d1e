package publicity

import (
	"context"
	"net/http"

	"sachhon/internal/fault"
	"sachhon/internal/publicity"
	"sachhon/internal/speech"
	"sachhon/internal/web/ui"
)

// audioView is the bulletin as sound.
type audioView struct {
	Can            bool // a voice is installed
	State          string
	Failure        string
	Action, Page   string
	WAVURL, MP3URL string
	Length         string
	Compressed     bool // an encoder is installed
}

// Waiting tells whether the recording is being made.
func (v audioView) Waiting() bool {
	return v.Can && v.WAVURL == "" && v.State == string(speech.Waiting)
}

func (p *pages) audio(ctx context.Context, pack *publicity.Package) (audioView, error) {
	at := productURL(pack.Unit.ID, pack.Challenge.Slug, publicity.Bulletin)
	v := audioView{Can: p.Speech.CanSpeak(), Action: at + "/am-thanh", Page: at, Compressed: p.Speech.CanEncode()}
	rec, ok, err := p.Speech.Find(ctx, pack.Texts[publicity.Bulletin].Parts["script"])
	if err != nil || !ok {
		return v, err
	}
	v.State = string(rec.State)
	if rec.Failure != "" {
		v.Failure = ui.T(ctx, rec.Failure)
	}
	if rec.WAVKey != "" {
		v.WAVURL, v.Length = at+"/tep/ban-tin.wav", seconds(ctx, rec.Duration())
	}
	if rec.MP3Key != "" {
		v.MP3URL = at + "/tep/ban-tin.mp3"
	}
	return v, nil
}

func (p *pages) speak(w http.ResponseWriter, r *http.Request) error {
	pack, product, err := p.target(r)
	if err != nil {
		return err
	}
	if product != publicity.Bulletin {
		return fault.NotFound.With("publicity.fault.none")
	}
	if _, err := p.Speech.Ask(r.Context(), pack.Texts[product].Parts["script"]); err != nil {
		return err
	}
	return p.done(w, r, pack, product, "publicity.audio.asked")
}

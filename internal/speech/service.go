package speech

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"sachhon/internal/blob"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/jobs"
	"sachhon/internal/lang"
	"sachhon/internal/lang/spoken"
)

// Service has texts spoken and keeps the recordings.
type Service struct {
	db     *database.DB
	queue  *jobs.Queue
	blobs  blob.Store
	config Config
}

// NewService returns the service and registers its job with the queue.
func NewService(db *database.DB, queue *jobs.Queue, blobs blob.Store, config Config) *Service {
	s := &Service{db: db, queue: queue, blobs: blobs, config: config}
	jobs.Handle(queue, s.speak)
	return s
}

// CanSpeak tells whether a voice is installed.
func (s *Service) CanSpeak() bool { return installed(s.config.Voice) != "" }

// CanEncode tells whether recordings are compressed too.
func (s *Service) CanEncode() bool { return installed(s.config.Encoder) != "" }

// speakJob makes a recording.
type speakJob struct {
	ID string `json:"id"`
}

// Kind implements jobs.Args.
func (speakJob) Kind() string { return "speech.speak" }

// Ask returns the recording of a text, and has one made when there is none or the last try failed. The text is said as
// package spoken says it.
func (s *Service) Ask(ctx context.Context, text string) (Recording, error) {
	text, err := prepare(text)
	if err != nil {
		return Recording{}, err
	}
	if !s.CanSpeak() {
		return Recording{}, fault.Conflict.With("speech.fault.noVoice")
	}
	id := idOf(text)
	var rec Recording
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		fresh, err := insert(ctx, tx, Recording{ID: id, Text: text, State: Waiting, RequestedAt: tx.Now()})
		if err != nil {
			return err
		}
		if rec, err = load(ctx, tx, id); err != nil {
			return err
		}
		if !fresh && rec.State == Ready {
			return nil
		}
		if rec.State == Failed {
			rec.State, rec.Failure, rec.RequestedAt, rec.DoneAt = Waiting, "", tx.Now(), clock.Time{}
			if err := update(ctx, tx, rec); err != nil {
				return err
			}
		}
		return s.queue.Insert(ctx, tx, speakJob{id}, jobs.Unique(), jobs.MaxAttempts(attempts))
	})
	return rec, err
}

// attempts of a job before its recording counts as failed.
const attempts = 3

// Find returns the recording of a text when one was asked for.
func (s *Service) Find(ctx context.Context, text string) (rec Recording, ok bool, err error) {
	said, err := prepare(text)
	if err == nil {
		rec, err = load(ctx, s.db, idOf(said))
	}
	switch fault.KindOf(err) {
	case fault.NotFound, fault.TooLarge, fault.Invalid: // nobody asked for it, or can have
		return Recording{}, false, nil
	}
	return rec, err == nil, err
}

// prepare says the text in words and checks that it is one.
func prepare(text string) (string, error) {
	if len(text) > MaxText {
		return "", fault.TooLarge.With("speech.fault.long", "Limit", MaxText)
	}
	text = spoken.Text(lang.CleanLines(text))
	if spoken.Syllables(text) == 0 {
		return "", fault.Invalid.With("speech.fault.empty")
	}
	return text, nil
}

// speak may run more than once: what is there is kept. Whatever goes wrong is noted for whoever waits, and tried again.
func (s *Service) speak(ctx context.Context, job speakJob) error {
	rec, err := load(ctx, s.db, job.ID)
	if err != nil || rec.State == Ready {
		return err
	}
	made, err := s.record(ctx, rec)
	if err != nil {
		slog.WarnContext(ctx, "speech: not spoken", slog.String("recording", rec.ID), slog.Any("error", err))
		made = rec
		made.State, made.Failure = Failed, "speech.failure"
	}
	return errors.Join(err, s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		made.DoneAt = tx.Now()
		return update(ctx, tx, made)
	}))
}

// leastLoud is less than any voice and more than silence with a little noise.
const leastLoud = 0.005

func (s *Service) record(ctx context.Context, rec Recording) (Recording, error) {
	voice := installed(s.config.Voice)
	if voice == "" {
		return rec, fault.Conflict.With("speech.fault.noVoice")
	}
	raw, err := run(ctx, voice, voiceArgs, []byte(rec.Text))
	if err != nil {
		return rec, err
	}
	sound, err := ParseWAV(raw)
	if err != nil {
		return rec, err
	}
	if sound.Loudness() < leastLoud {
		return rec, errors.New("speech: the voice said nothing")
	}
	wav := sound.WAV()
	if rec.WAVKey, err = s.keep(ctx, wav); err != nil {
		return rec, err
	}
	rec.State, rec.Failure, rec.WAVBytes, rec.Millis = Ready, "", int64(len(wav)), sound.Duration().Milliseconds()
	encoder := installed(s.config.Encoder)
	if encoder == "" {
		return rec, nil
	}
	mp3, err := run(ctx, encoder, encoderArgs, wav)
	if err != nil || len(mp3) == 0 { // the sound is there: a broken encoder only makes it larger
		slog.WarnContext(ctx, "speech: not compressed", slog.String("recording", rec.ID), slog.Any("error", err))
		return rec, nil
	}
	if rec.MP3Key, err = s.keep(ctx, mp3); err != nil {
		return rec, err
	}
	rec.MP3Bytes = int64(len(mp3))
	return rec, nil
}

func (s *Service) keep(ctx context.Context, content []byte) (string, error) {
	digest, _, err := blob.Add(ctx, s.blobs, bytes.NewReader(content))
	if err != nil {
		return "", fmt.Errorf("speech: keep the recording: %w", err)
	}
	return digest.Key(), nil
}

// Open opens a recording, compressed or not. The caller asked permission for what it is about, and closes it.
func (s *Service) Open(ctx context.Context, rec Recording, compressed bool) (io.ReadSeekCloser, error) {
	key := rec.WAVKey
	if compressed {
		key = rec.MP3Key
	}
	if rec.State != Ready || key == "" {
		return nil, fault.NotFound.With("speech.fault.none")
	}
	f, _, err := s.blobs.Open(ctx, key)
	return f, err
}

package exchange

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

const columns = `id, direction, kind, state, partner, business, status, document_id, about, symbol, subject, from_organ, from_name,
	unit_id, letter_id, words, issued_at, file_key, file_size, dedup, remote, tries, error_key, error_args, code, version, created_at,
	updated_at, ended_at`

func load(ctx context.Context, q database.Querier, id ident.ID) (Message, error) {
	var m Message
	err := q.Get(ctx, &m, `SELECT `+columns+` FROM exchange_message WHERE id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return Message{}, fault.NotFound.With("exchange.fault.notFound")
	}
	if err != nil {
		return Message{}, fmt.Errorf("exchange: load %s: %w", id, err)
	}
	return m, nil
}

// lock loads a message and makes everybody else who wants to change it wait until the transaction ends.
func lock(ctx context.Context, tx *database.Tx, id ident.ID) (Message, error) {
	if _, err := tx.Exec(ctx, `UPDATE exchange_message SET version = version WHERE id = $1`, id); err != nil {
		return Message{}, fmt.Errorf("exchange: lock %s: %w", id, err)
	}
	return load(ctx, tx, id)
}

func loadSame(ctx context.Context, q database.Querier, dedup string) (Message, error) {
	var id ident.ID
	if err := q.Get(ctx, &id, `SELECT id FROM exchange_message WHERE dedup = $1`, dedup); err != nil {
		if errors.Is(err, database.ErrNotFound) {
			return Message{}, fault.NotFound.With("exchange.fault.notFound")
		}
		return Message{}, fmt.Errorf("exchange: look for the same: %w", err)
	}
	return load(ctx, q, id)
}

// findSame is loadSame where there need be none.
func findSame(ctx context.Context, q database.Querier, dedup string) (m Message, ok bool, err error) {
	m, err = loadSame(ctx, q, dedup)
	if fault.KindOf(err) == fault.NotFound {
		return Message{}, false, nil
	}
	return m, err == nil, err
}

// insert stores a new message with its parts, unless the same is there.
func insert(ctx context.Context, tx *database.Tx, m Message, parts []Part) (fresh bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO exchange_message (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
		$14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29) ON CONFLICT (dedup) DO NOTHING`,
		m.ID, m.Direction, m.Kind, m.State, m.Partner, m.Business, m.Status, m.DocumentID, m.About, m.Symbol, m.Subject, m.FromOrgan,
		m.FromName, m.UnitID, m.LetterID, m.Words, m.IssuedAt, m.FileKey, m.FileSize, m.Dedup, m.Remote, m.Tries, m.ErrorKey, m.ErrorArgs,
		m.Code, m.Version, m.CreatedAt, m.UpdatedAt, m.EndedAt)
	if err != nil {
		return false, fmt.Errorf("exchange: insert: %w", err)
	}
	if n == 0 {
		return false, nil
	}
	return true, insertParts(ctx, tx, m.ID, parts)
}

func insertParts(ctx context.Context, tx *database.Tx, id ident.ID, parts []Part) error {
	for i, p := range parts {
		_, err := tx.Exec(ctx, `INSERT INTO exchange_part (message_id, number, organ_code, organ_name, unit_id, dispatch_id)
			VALUES ($1, $2, $3, $4, $5, $6)`, id, i+1, p.OrganCode, p.OrganName, p.UnitID, p.DispatchID)
		if err != nil {
			return fmt.Errorf("exchange: insert a part: %w", err)
		}
	}
	return nil
}

// update stores a message that was locked in the same transaction.
func update(ctx context.Context, tx *database.Tx, m Message) error {
	_, err := tx.Exec(ctx, `UPDATE exchange_message SET kind = $1, state = $2, business = $3, status = $4, document_id = $5, about = $6,
		symbol = $7, subject = $8, from_organ = $9, from_name = $10, letter_id = $11, words = $12, issued_at = $13, file_key = $14,
		file_size = $15, dedup = $16, remote = $17, tries = $18, error_key = $19, error_args = $20, code = $21, version = $22,
		updated_at = $23, ended_at = $24, partner = $25 WHERE id = $26`,
		m.Kind, m.State, m.Business, m.Status, m.DocumentID, m.About, m.Symbol, m.Subject, m.FromOrgan, m.FromName, m.LetterID, m.Words,
		m.IssuedAt, m.FileKey, m.FileSize, m.Dedup, m.Remote, m.Tries, m.ErrorKey, m.ErrorArgs, m.Code, m.Version, m.UpdatedAt, m.EndedAt,
		m.Partner, m.ID)
	if err != nil {
		return fmt.Errorf("exchange: update %s: %w", m.ID, err)
	}
	return nil
}

func loadParts(ctx context.Context, q database.Querier, id ident.ID) ([]Part, error) {
	var parts []Part
	err := q.Select(ctx, &parts, `SELECT message_id, number, organ_code, organ_name, unit_id, dispatch_id FROM exchange_part
		WHERE message_id = $1 ORDER BY number`, id)
	if err != nil {
		return nil, fmt.Errorf("exchange: load the parts of %s: %w", id, err)
	}
	return parts, nil
}

func dropParts(ctx context.Context, tx *database.Tx, id ident.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM exchange_part WHERE message_id = $1`, id)
	return err
}

func setDispatch(ctx context.Context, tx *database.Tx, p Part, dispatch ident.ID) error {
	_, err := tx.Exec(ctx, `UPDATE exchange_part SET dispatch_id = $1 WHERE message_id = $2 AND number = $3`, dispatch, p.MessageID, p.Number)
	if err != nil {
		return fmt.Errorf("exchange: set a dispatch: %w", err)
	}
	return nil
}

// findOpen returns the message that waits to be built for a letter from a unit to a partner, "" when there is none. It is
// locked, so that nobody builds it while a receiver is added.
func findOpen(ctx context.Context, tx *database.Tx, letter, unit ident.ID, partner string) (ident.ID, error) {
	var ids []ident.ID
	err := tx.Select(ctx, &ids, `SELECT id FROM exchange_message WHERE letter_id = $1 AND unit_id = $2 AND partner = $3 AND direction = $4
		AND kind = $5 AND business = $6 AND state = $7 AND file_key = '' ORDER BY id`, letter, unit, partner, Out, LetterKind,
		edxml.BusinessNew, Waiting)
	if err != nil {
		return "", fmt.Errorf("exchange: find an open message: %w", err)
	}
	for _, id := range ids {
		n, err := tx.Exec(ctx, `UPDATE exchange_message SET version = version + 1 WHERE id = $1 AND state = $2 AND file_key = ''`, id, Waiting)
		if err != nil {
			return "", fmt.Errorf("exchange: lock an open message: %w", err)
		}
		if n == 1 {
			return id, nil
		}
	}
	return "", nil
}

func addPart(ctx context.Context, tx *database.Tx, p Part) error {
	_, err := tx.Exec(ctx, `INSERT INTO exchange_part (message_id, number, organ_code, organ_name, unit_id, dispatch_id)
		SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5 FROM exchange_part WHERE message_id = $6`,
		p.MessageID, p.OrganCode, p.OrganName, p.UnitID, p.DispatchID, p.MessageID)
	if err != nil {
		return fmt.Errorf("exchange: add a part: %w", err)
	}
	return nil
}

// partsOfDispatch returns the parts that stand for a dispatch in letters of one direction.
func partsOfDispatch(ctx context.Context, q database.Querier, dispatch ident.ID, d Direction) ([]Part, error) {
	var parts []Part
	err := q.Select(ctx, &parts, `SELECT p.message_id, p.number, p.organ_code, p.organ_name, p.unit_id, p.dispatch_id
		FROM exchange_part p JOIN exchange_message m ON m.id = p.message_id
		WHERE p.dispatch_id = $1 AND m.direction = $2 AND m.kind = $3 ORDER BY m.created_at, m.id`, dispatch, d, LetterKind)
	if err != nil {
		return nil, fmt.Errorf("exchange: parts of dispatch %s: %w", dispatch, err)
	}
	return parts, nil
}

// partsOfLetter returns the parts of letters that came in for a letter here.
func partsOfLetter(ctx context.Context, q database.Querier, letter ident.ID) ([]Part, error) {
	var parts []Part
	err := q.Select(ctx, &parts, `SELECT p.message_id, p.number, p.organ_code, p.organ_name, p.unit_id, p.dispatch_id
		FROM exchange_part p JOIN exchange_message m ON m.id = p.message_id
		WHERE m.letter_id = $1 AND m.direction = $2 AND m.kind = $3 ORDER BY m.created_at, m.id, p.number`, letter, In, LetterKind)
	if err != nil {
		return nil, fmt.Errorf("exchange: parts of letter %s: %w", letter, err)
	}
	return parts, nil
}

// hyphened is the symbol as the Party and the Youth Union write it, "12-CV/TĐTN": a status that names number and notation apart
// does not say by what they are joined.
func hyphened(symbol string) string { return strings.Replace(symbol, "/", "-", 1) }

// told returns the dispatches of a letter that went out to an organ: by the letter's identifier, or by its symbol where a
// system puts something else there.
func toldAbout(ctx context.Context, q database.Querier, about edxml.DocumentID, symbol, organ, partner string) ([]ident.ID, error) {
	var ids []ident.ID
	err := q.Select(ctx, &ids, `SELECT DISTINCT p.dispatch_id FROM exchange_part p JOIN exchange_message m ON m.id = p.message_id
		WHERE m.direction = $1 AND m.kind = $2 AND m.partner = $4 AND p.dispatch_id <> '' AND `+sameOrgan("p.organ_code", 3)+`
		AND (m.document_id = $5 AND m.document_id <> '' OR m.symbol IN ($6, $8) AND $7 = '') ORDER BY p.dispatch_id`,
		Out, LetterKind, organ, partner, about, symbol, about, hyphened(symbol))
	if err != nil {
		return nil, fmt.Errorf("exchange: find what is reported on: %w", err)
	}
	return ids, nil
}

// cameAs returns the messages by which a letter came from an organ.
func cameAs(ctx context.Context, q database.Querier, document edxml.DocumentID, organ string) ([]Message, error) {
	var found []Message
	err := q.Select(ctx, &found, `SELECT `+columns+` FROM exchange_message WHERE direction = $1 AND kind = $2 AND document_id = $3
		AND `+sameOrgan("from_organ", 4)+` AND business IN ($5, $6) ORDER BY created_at, id`, In, LetterKind, document, organ, edxml.BusinessNew, edxml.BusinessReplace)
	if err != nil {
		return nil, fmt.Errorf("exchange: find a letter that came: %w", err)
	}
	return found, nil
}

// cameFor returns the messages by which a letter here came, the oldest first.
func cameFor(ctx context.Context, q database.Querier, letter ident.ID) ([]Message, error) {
	var found []Message
	err := q.Select(ctx, &found, `SELECT `+columns+` FROM exchange_message WHERE direction = $1 AND kind = $2 AND letter_id = $3
		AND business IN ($4, $5) ORDER BY created_at, id`, In, LetterKind, letter, edxml.BusinessNew, edxml.BusinessReplace)
	if err != nil {
		return nil, fmt.Errorf("exchange: find how a letter came: %w", err)
	}
	return found, nil
}

func insertReport(ctx context.Context, tx *database.Tx, message, dispatch ident.ID, r Report) error {
	_, err := tx.Exec(ctx, `INSERT INTO exchange_report (message_id, dispatch_id, status, at, words) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (message_id, dispatch_id) DO NOTHING`, message, dispatch, r.Status, r.At, r.Words)
	if err != nil {
		return fmt.Errorf("exchange: insert a report: %w", err)
	}
	return nil
}

func loadReports(ctx context.Context, q database.Querier, dispatch ident.ID) ([]Report, error) {
	var reports []Report
	err := q.Select(ctx, &reports, `SELECT status, at, words FROM exchange_report WHERE dispatch_id = $1 ORDER BY at, status, words`, dispatch)
	if err != nil {
		return nil, fmt.Errorf("exchange: reports on %s: %w", dispatch, err)
	}
	return reports, nil
}

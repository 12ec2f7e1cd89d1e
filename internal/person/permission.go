package person

// Action is something that is done; each service asks for it as its first step.
type Action string

// The actions, by the package that asks.
const (
	ActionUnitRead   Action = "unit.read"
	ActionUnitImport Action = "unit.import"

	ActionPersonRegister  Action = "person.register"  // make an account for oneself
	ActionPersonEnter     Action = "person.enter"     // make one for somebody without a phone
	ActionPersonRead      Action = "person.read"      // see somebody's personal data
	ActionPersonEdit      Action = "person.edit"      // correct them
	ActionPersonConsent   Action = "person.consent"   // give or withdraw consent
	ActionPersonRoles     Action = "person.roles"     // see who holds which role in a unit
	ActionPersonGrant     Action = "person.grant"     // grant and revoke any role in a unit
	ActionPersonAppoint   Action = "person.appoint"   // grant and revoke the clerks of a unit
	ActionPersonRepresent Action = "person.represent" // name who else acts for an entrant

	ActionSessionManage Action = "session.manage" // list and end one's sessions

	ActionAuditRead Action = "audit.read"

	ActionCalendarRead Action = "calendar.read" // holidays and swapped days
	ActionCalendarEdit Action = "calendar.edit"

	ActionChallengeRead     Action = "challenge.read"
	ActionChallengePrepare  Action = "challenge.prepare" // see drafts
	ActionChallengeCreate   Action = "challenge.create"
	ActionChallengeEdit     Action = "challenge.edit"
	ActionChallengeAnnounce Action = "challenge.announce"
	ActionChallengeAdvance  Action = "challenge.advance" // open, start, close, judge, archive

	ActionLetterRead     Action = "letter.read"
	ActionLetterRegister Action = "letter.register" // read in, correct, register
	ActionLetterLink     Action = "letter.link"
	ActionLetterSign     Action = "letter.sign"  // sign, or send back to be changed
	ActionLetterIssue    Action = "letter.issue" // make a signed file the issued version
	ActionLetterHead     Action = "letter.head"  // settings of the unit's letterhead

	ActionCascadeRead      Action = "cascade.read"    // a unit's inbox and its dispatches
	ActionCascadeSend      Action = "cascade.send"    // send, forward and recall in a unit's name
	ActionCascadeWatch     Action = "cascade.watch"   // the sending unit's board
	ActionCascadeReceive   Action = "cascade.receive" // receive or refuse
	ActionCascadePresent   Action = "cascade.present"
	ActionCascadeAssign    Action = "cascade.assign"
	ActionCascadeWork      Action = "cascade.work" // duties done, completed
	ActionCascadePublicise Action = "cascade.publicise"
	ActionCascadeUrge      Action = "cascade.urge"
	ActionCascadeCorrect   Action = "cascade.correct" // take a mistaken record of publicity back

	ActionExchangeRead  Action = "exchange.read"  // what went to other systems and came from them
	ActionExchangeRetry Action = "exchange.retry" // have it tried again
	ActionExchangeCodes Action = "exchange.codes" // under which code a unit is known there

	ActionEntrantRegister   Action = "entrant.register"
	ActionEntrantRead       Action = "entrant.read" // with contacts
	ActionEntrantEdit       Action = "entrant.edit"
	ActionEntrantWithdraw   Action = "entrant.withdraw"
	ActionEntrantDecide     Action = "entrant.decide" // approve or refuse
	ActionEntrantDisqualify Action = "entrant.disqualify"

	ActionCleanupRead   Action = "cleanup.read"
	ActionCleanupCreate Action = "cleanup.create"
	ActionCleanupEdit   Action = "cleanup.edit" // change, announce, cancel
	ActionCleanupAttend Action = "cleanup.attend"

	ActionReportRead   Action = "report.read" // before it is valid
	ActionReportWrite  Action = "report.write"
	ActionReportSubmit Action = "report.submit"
	ActionReportAppeal Action = "report.appeal"

	ActionReviewRead   Action = "review.read"
	ActionReviewDecide Action = "review.decide"

	ActionScoringRead   Action = "scoring.read"
	ActionScoringScheme Action = "scoring.scheme" // write and simulate a scheme

	ActionAwardRead    Action = "award.read"
	ActionAwardPublish Action = "award.publish"
	ActionAwardCorrect Action = "award.correct"

	ActionProgressRead     Action = "progress.read"     // a unit's figures and reports
	ActionProgressDraft    Action = "progress.draft"    // draft a report and write it again
	ActionProgressSend     Action = "progress.send"     // send up one that is signed and numbered
	ActionProgressReceive  Action = "progress.receive"  // accept or send back what came from below
	ActionProgressActivity Action = "progress.activity" // note what was done outside the system
	ActionProgressSchedule Action = "progress.schedule" // say by when those below report

	ActionInsightRead    Action = "insight.read"
	ActionInsightRebuild Action = "insight.rebuild"

	ActionPublicityRead     Action = "publicity.read"     // a unit's package
	ActionPublicityCampaign Action = "publicity.campaign" // what the units below say
	ActionPublicityEdit     Action = "publicity.edit"     // a unit's own words, its article and its loudspeakers' hours
)

// rule is one line of the table.
type rule struct {
	action Action
	roles  []Role
}

// table is who may do what. It is the only one: a page asks it before it shows a button, and a service before it
// acts. A role granted in a unit counts for objects in that unit's subtree; see Can.
//
// An administrator runs accounts and units but decides nothing about letters and results. The board decides about
// results but writes none. A clerk may write for the people of the unit who have no phone.
var table = []rule{
	{ActionUnitRead, []Role{Public}},
	{ActionUnitImport, []Role{Administrator}},

	{ActionPersonRegister, []Role{Public}},
	{ActionPersonEnter, []Role{Administrator, Board, Leader, Clerk}},
	{ActionPersonRead, []Role{Administrator, Self}},
	{ActionPersonEdit, []Role{Administrator, Self}},
	{ActionPersonConsent, []Role{Self}},
	{ActionPersonRoles, []Role{Administrator, Leader}},
	{ActionPersonGrant, []Role{Administrator}},
	{ActionPersonAppoint, []Role{Administrator, Leader}},
	{ActionPersonRepresent, []Role{Board, Representative}},

	{ActionSessionManage, []Role{Self}},

	{ActionAuditRead, []Role{Administrator}},

	{ActionCalendarRead, []Role{Administrator, Board, Leader, Clerk}},
	{ActionCalendarEdit, []Role{Administrator}},

	{ActionChallengeRead, []Role{Public}},
	{ActionChallengePrepare, []Role{Administrator, Board}},
	{ActionChallengeCreate, []Role{Board}},
	{ActionChallengeEdit, []Role{Board}},
	{ActionChallengeAnnounce, []Role{Board}},
	{ActionChallengeAdvance, []Role{Board}},

	{ActionLetterRead, []Role{Board, Leader, Clerk}},
	{ActionLetterRegister, []Role{Board, Clerk}},
	{ActionLetterLink, []Role{Board, Leader, Clerk}},
	{ActionLetterSign, []Role{Leader}}, // a clerk may record a signature on paper: that is letter.register
	{ActionLetterIssue, []Role{Board, Clerk}},
	{ActionLetterHead, []Role{Board, Leader, Clerk}},

	{ActionCascadeRead, []Role{Board, Leader, Clerk}},
	{ActionCascadeSend, []Role{Board, Leader, Clerk}},
	{ActionCascadeWatch, []Role{Board, Leader, Clerk}},
	{ActionCascadeReceive, []Role{Leader, Clerk}},
	{ActionCascadePresent, []Role{Clerk}},
	{ActionCascadeAssign, []Role{Leader, Clerk}}, // a clerk may record the leader's instruction
	{ActionCascadeWork, []Role{Leader, Clerk}},
	{ActionCascadePublicise, []Role{Leader, Clerk}},
	{ActionCascadeUrge, []Role{Board, Leader, Clerk}},
	{ActionCascadeCorrect, []Role{Leader, Clerk}},

	{ActionExchangeRead, []Role{Administrator, Board, Leader, Clerk}},
	{ActionExchangeRetry, []Role{Administrator, Clerk}},
	{ActionExchangeCodes, []Role{Administrator}},

	{ActionEntrantRegister, []Role{SignedIn}},
	{ActionEntrantRead, []Role{Board, Leader, Clerk, Representative}},
	{ActionEntrantEdit, []Role{Clerk, Representative}},
	{ActionEntrantWithdraw, []Role{Clerk, Representative}},
	{ActionEntrantDecide, []Role{Board}},
	{ActionEntrantDisqualify, []Role{Board}},

	{ActionCleanupRead, []Role{Public}},
	{ActionCleanupCreate, []Role{Clerk, Representative}},
	{ActionCleanupEdit, []Role{Clerk, Representative}},
	{ActionCleanupAttend, []Role{Clerk, Representative}},

	{ActionReportRead, []Role{Board, Leader, Clerk, Representative}},
	{ActionReportWrite, []Role{Clerk, Representative}},
	{ActionReportSubmit, []Role{Clerk, Representative}},
	{ActionReportAppeal, []Role{Representative}},

	{ActionReviewRead, []Role{Board}},
	{ActionReviewDecide, []Role{Board}},

	{ActionScoringRead, []Role{Public}},
	{ActionScoringScheme, []Role{Board}},

	{ActionAwardRead, []Role{Public}},
	{ActionAwardPublish, []Role{Board}},
	{ActionAwardCorrect, []Role{Board}},

	{ActionProgressRead, []Role{Board, Leader, Clerk}},
	{ActionProgressDraft, []Role{Clerk}},
	{ActionProgressSend, []Role{Leader, Clerk}}, // what a leader signed
	{ActionProgressReceive, []Role{Board, Leader, Clerk}},
	{ActionProgressActivity, []Role{Leader, Clerk}},
	{ActionProgressSchedule, []Role{Board, Leader, Clerk}},

	{ActionInsightRead, []Role{Public}},
	{ActionInsightRebuild, []Role{Administrator, Board}},

	{ActionPublicityRead, []Role{Board, Leader, Clerk}},
	{ActionPublicityCampaign, []Role{Board, Leader, Clerk}},
	{ActionPublicityEdit, []Role{Leader, Clerk}},
}

// allowed is the table by action.
var allowed = func() map[Action][]Role {
	m := make(map[Action][]Role, len(table))
	for _, r := range table {
		m[r.action] = r.roles
	}
	return m
}()

// Actions returns all actions, in the order of the table.
func Actions() []Action {
	actions := make([]Action, 0, len(table))
	for _, r := range table {
		actions = append(actions, r.action)
	}
	return actions
}

// RolesFor returns the roles that may do the action; none for an action that is not in the table.
func RolesFor(action Action) []Role { return allowed[action] }

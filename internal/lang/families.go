package lang

// families are the prefixes of keys that the code completes at run time, such as "waste."+string(type). The tests
// cannot see that such a key is used, so it counts as used when its prefix stands here.
var families = []string{
	"fault.",              // the kinds of internal/fault with .title and .advice
	"scoring.decided.",    // scoring.decided.<tie rule>
	"ui.status.",          // the states of the life cycles, see internal/web/ui/status.go
	"ui.upload.",          // the states of a photo on its way to the server
	"waste.",              // waste.<type> and waste.method.<method>
	"letter.channel.",     // the channels of publicity
	"letter.force.",       // how strongly something is asked
	"letter.fault.lacks.", // the parts that a letter cannot be signed without
	"letter.warning.",     // what the reader of letters found missing or doubtful

	"challenge.state.",         // the life cycle of a challenge
	"challenge.division.",      // collective, individual
	"challenge.milestone.",     // the dates of its timeline
	"challenge.document.",      // the kinds of its documents
	"entrant.state.",           // the life cycle of an entrant
	"entrant.purpose.",         // what personal data are used for
	"cleanup.state.",           // the life cycle of a clean-up
	"unit.kind.",               // the kinds of units
	"report.role.",             // what a photo shows
	"report.pile.",             // the lists on a reviewer's desk
	"report.event.",            // the steps of a report's history
	"cascade.step.",            // the steps in which a board counts time
	"urging.cause.",            // what a unit owes
	"urging.role.",             // in which role somebody is told
	"urging.turn.",             // how a duty recurs, and its turns
	"calendar.kind.",           // what differs from an ordinary week on a day
	"calendar.change.",         // what a file does to a day
	"stuck.why.",               // causes and obstacles as headings
	"stuck.hint.",              // and what they mean
	"stuck.level.",             // the steps of urging
	"stuck.fate.",              // what became of a message
	"stuck.rules.from.",        // from when a rule counts
	"stuck.rules.name.",        // and what it is about, where the cause names a duty or a day
	"evidence.finding.",        // what the automatic checks say
	"evidence.level.",          // and how much it asks for
	"board.entrant.",           // what the board does with a registration
	"board.verdict.",           // the decisions about a report, each with a hint
	"board.giver.",             // who gave a consent
	"person.role.",             // roles of the table of permissions
	"person.purpose.",          // what an account's data are used for
	"units.late.",              // the steps of a dispatch that are overdue
	"units.duty.",              // what a duty says beside its text
	"units.letter.",            // the components of a letter
	"units.period.weekday.",    // days of the week on which a duty recurs
	"units.stands.",            // how a dispatch stands for whoever may not act
	"units.event.declined.",    // what of a letter a unit refused
	"office.template.",         // the templates of letters, each with a hint
	"office.kind.",             // the kinds of blocks
	"office.block.",            // the inputs of a block
	"office.field.",            // the inputs of a document
	"office.column.",           // the columns of the registers
	"office.handling.",         // the inputs about a letter that was handed over
	"office.book.",             // the registers
	"office.force.",            // the verbs of duties
	"office.period.",           // how often a duty recurs
	"office.next.",             // what follows in each state of a letter
	"office.step.",             // the steps to the signature
	"office.issue.",            // where an issued version comes from
	"office.signature.",        // what a certificate says
	"office.copy.",             // the kinds of copies
	"office.arrivalStamp.",     // where the stamp of an arrival stands
	"office.difference.",       // in what an uploaded file departs from its letter
	"office.head.",             // the inputs of a letterhead
	"office.form.",             // whose form documents have
	"office.move.",             // where a block goes
	"api.parameter.",           // what a parameter of the API looks like
	"exchange.page.way.",       // which way a package went
	"exchange.page.state.",     // where it stands
	"exchange.codes.way.",      // how a partner is reached
	"exchange.code.",           // the answers of a gateway
	"edxml.status.",            // the codes of the regulation on packages
	"edxml.business.",          //
	"edxml.priority.",          //
	"edxml.steering.",          //
	"decree.deviation.",        // in what a document departs from the decree
	"decree.asks.",             // and what that asks
	"office.signatureChain.",   // whether a certificate comes from an authority that is trusted
	"office.signatureProblem.", // why a signature could not be checked
	"decree.severity.",         // and how much it matters
	"edxml.deviation.",         // in what a package differs from the regulation
	"reporting.round.",         // weekly, final, on demand
	"reporting.state.",         // the life cycle of a report upward
	"reporting.kind.",          // what was done outside the system
	"reporting.weekday.",       // the day of weekly reports, 0 for none
	"reporting.file.",          // what a report can be taken along as
	"demo.face.",               // whom the demo signs in with one click

	"publicity.field.",        // the fields of a campaign
	"publicity.hint.",         // and what to write there
	"publicity.product.",      // the five products of a package
	"publicity.about.",        // what each is
	"publicity.part.",         // and its texts
	"publicity.priority.",     // of bulletins
	"publicity.priorityHint.", // and what they mean
	"publicity.result.",       // what became of a play
	"publicity.day.",          // the days of the week
	"publicity.figure.",       // what a unit's numbers count
	"publicity.unit.",         // and in what
}

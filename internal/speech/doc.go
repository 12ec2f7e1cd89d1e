// Package speech owns how a text becomes sound: a synthetic voice and an encoder as processes of their own, the files they
// make, kept by what was said, and how long reading takes.
//
// It knows no subject. Both programs are optional: without the voice nothing is promised, without the encoder there is
// WAV only. A text is spoken once, however often it is asked for, and always by a job.
package speech

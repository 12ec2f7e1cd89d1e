// Package issueview owns how the files of a letter look to those who may read it: the version in force and those before it, what
// was found about the signatures in them, and the form that takes a signed one.
//
// It decides nothing and asks no permission: the services did. Who issues a letter and who receives it see the same, so that
// they speak of the same file.
package issueview

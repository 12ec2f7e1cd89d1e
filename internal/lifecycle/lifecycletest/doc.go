// Package lifecycletest holds a life cycle against its page in docs/lifecycles.
package lifecycletest

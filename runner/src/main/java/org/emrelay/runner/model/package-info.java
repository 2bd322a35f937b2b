/**
 * The immutable model of a pipeline and of a cluster. Pure: no I/O, no clock, no environment; every type is a value.
 */
@NullMarked
package org.emrelay.runner.model;

import org.jspecify.annotations.NullMarked;

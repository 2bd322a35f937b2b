/** Titles to begin with: made up, of any number, where nobody has real ones. */
@NullMarked
package org.emrelay.jobs.wordclouds.titles;

import org.jspecify.annotations.NullMarked;

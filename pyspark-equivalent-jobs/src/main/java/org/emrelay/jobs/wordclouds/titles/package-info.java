/** Generates sample titles for users without data of their own. */
@NullMarked
package org.emrelay.jobs.wordclouds.titles;

import org.jspecify.annotations.NullMarked;

/** Titles to words: Spark NLP does the language work, this package drives it. */
@NullMarked
package org.emrelay.jobs.wordclouds.words;

import org.jspecify.annotations.NullMarked;

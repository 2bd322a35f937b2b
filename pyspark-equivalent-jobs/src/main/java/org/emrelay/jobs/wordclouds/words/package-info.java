/** Extracts words from titles with Spark NLP: text processing belongs to Spark NLP, batching and caching here. */
@NullMarked
package org.emrelay.jobs.wordclouds.words;

import org.jspecify.annotations.NullMarked;

/** The jobs of the word-cloud pipeline: from titles to pictures. */
@NullMarked
package org.sparkpipelines.jobs.wordclouds;

import org.jspecify.annotations.NullMarked;

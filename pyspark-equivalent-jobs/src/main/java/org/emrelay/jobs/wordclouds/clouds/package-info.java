/** Draws word clouds, their animation and an HTML page from word counts. */
@NullMarked
package org.emrelay.jobs.wordclouds.clouds;

import org.jspecify.annotations.NullMarked;

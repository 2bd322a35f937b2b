/** The last job of the word-cloud pipeline: counted words to pictures, their evolution and a page. */
@NullMarked
package org.emrelay.jobs.wordclouds.clouds;

import org.jspecify.annotations.NullMarked;

/** Counts how often each word occurs in the titles of each year. */
@NullMarked
package org.emrelay.jobs.wordclouds.counts;

import org.jspecify.annotations.NullMarked;

/** The words of posts: cleaning, tokens and stop words, as the filter, the topics and their assignment share them. */
@NullMarked
package org.emrelay.jobs.topics.text;

import org.jspecify.annotations.NullMarked;

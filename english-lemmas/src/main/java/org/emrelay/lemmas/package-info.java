/** Makes the dictionary with which titles' words are brought to their lemmas; nothing of it is needed once that is made. */
@NullMarked
package org.emrelay.lemmas;

import org.jspecify.annotations.NullMarked;

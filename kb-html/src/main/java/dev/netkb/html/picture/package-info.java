/**
 * Pictures of networks: what is drawn, where a layout library puts it, and the SVG.
 *
 * <p>The element has class {@code picture}; {@code dev/netkb/html/picture.css} makes it visible, with the colours that the
 * page sets as custom properties: {@code --allowed}, {@code --denied}, {@code --partial}, {@code --undetermined},
 * {@code --line}, {@code --text} and {@code --panel}. There are no styles, scripts or links in it, and the only ids are the
 * prefix that was given, with {@code -t} for its title and {@code -d} for its description.
 *
 * <ul>
 *   <li>Boxes are groups of a class {@code vnet}, {@code subnet}, {@code service}, {@code admin-rules}, {@code nsg},
 *       {@code routes}, {@code hop}, {@code peer-nsg}, {@code remote}, {@code dns} or {@code peering}, and {@code unknown}
 *       where the snapshot does not say what it is; their {@code title} has the id.
 *   <li>{@code link} is a plain line between boxes, {@code note} a line of text below the picture.
 *   <li>Flows are groups of class {@code flow} and a verdict ({@code allowed}, {@code denied}, {@code partial},
 *       {@code undetermined}) that can be focused and have the role of a button. Their {@code title}, which is their name too,
 *       says line by line what happens, what decides it, a packet that is dropped where there is one, and the requirements.
 *       {@code data-result} is the place of its result in the list that was given, from 0; where flows share a line, it is that
 *       of the worst, and {@code data-results} has those of all, with blanks between. The page may add the class
 *       {@code selected}.
 *   <li>In a flow, {@code beyond} is the part that no packet reaches, {@code tip} the arrow, and {@code mark} with a verdict
 *       stands where packets are dropped or nobody knows.
 * </ul>
 */
@NullMarked
package dev.netkb.html.picture;

import org.jspecify.annotations.NullMarked;

/// Which kinds are served, under which groups, versions and names.
package theater.laptop.api.kind;

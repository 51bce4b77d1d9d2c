/// The one owner of addresses, ports and folders of an instance.
package theater.laptop.plan;
